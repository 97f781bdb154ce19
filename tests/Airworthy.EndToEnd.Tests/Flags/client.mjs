// Asks the flags of a server by OpenFeature's own client: node client.mjs URL FLAG KEY… Writes a line of JSON for each key.
import { OpenFeature } from '@openfeature/server-sdk';
import { OFREPProvider } from '@openfeature/ofrep-provider';

const [url, flag, ...keys] = process.argv.slice(2);
await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: url }));
const client = OpenFeature.getClient();
for (const targetingKey of keys) {
  const { value, variant, reason, errorCode, flagMetadata } = await client.getBooleanDetails(flag, false, { targetingKey });
  console.log(JSON.stringify({ targetingKey, value, variant, reason, errorCode, flagMetadata }));
}

await OpenFeature.close();
