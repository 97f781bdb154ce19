const { parse } = require("./names");

module.exports.fuzz = (data) => { parse(data); };
