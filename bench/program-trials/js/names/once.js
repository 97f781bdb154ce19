const { parse } = require("./names");

console.log(parse(require("fs").readFileSync(process.argv[2])));
