// An agent as others write it: the official TypeScript SDK's client, over stdio and over HTTP. Prints what it was told as one JSON object.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [command, repository, server] = process.argv.slice(2);

async function told(transport) {
  const client = new Client({ name: "end-to-end", version: "1.0.0" });
  await client.connect(transport);
  const ask = async (name, args) => {
    const result = await client.callTool({ name, arguments: args });
    return { isError: result.isError ?? false, answer: JSON.parse(result.content[0].text) };
  };
  const answers = {
    instructions: client.getInstructions(),
    tools: (await client.listTools()).tools.map(tool => tool.name).sort(),
    known: await ask("known_of_code", { path: "src/Shop/Coupons.cs" }),
    rules: await ask("rules_for_paths", { paths: ["src/Shop/Coupons.cs"] }),
    judged: await ask("judge_change", { base: "HEAD~1", head: "HEAD" }),
    outside: await ask("known_of_code", { path: "../../etc/passwd" }),
    recent: await ask("recent_incidents", {}),
  };
  const id = answers.recent.answer.incidents[0].id;
  answers.why = await ask("why_incident", { id });
  await client.close();
  return answers;
}

const stdio = await told(new StdioClientTransport({ command, args: ["mcp", repository, "--repository", "repo", "--server", server], stderr: "inherit" }));
const http = await told(new StreamableHTTPClientTransport(new URL("mcp", server)));
console.log(JSON.stringify({ stdio, http }));
