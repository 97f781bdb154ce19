// Holds what the gate writes against the public schemas, as their owners' packages ship them: validate.mjs SARIF RDJSON
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const [sarif, rdjson] = process.argv.slice(2).map((file) => readFileSync(file, "utf8"));

const Ajv = require("ajv");
const ajv = new Ajv({ schemaId: "auto", allErrors: true, unknownFormats: "ignore" });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
const holds = ajv.compile(require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));
const problems = holds(JSON.parse(sarif)) ? [] : holds.errors.map((error) => `sarif ${error.dataPath}: ${error.message}`);

const { RDFormatValidator } = require("@umbrelladocs/rdformat-validator");
const told = await new RDFormatValidator({ strictMode: true, allowExtraFields: false }).validateString(rdjson);
problems.push(...(told.valid ? [] : told.errors.map((error) => `rdjson ${error.path}: ${error.message}`)));

console.log(problems.join("\n"));
process.exitCode = problems.length > 0 ? 1 : 0;
