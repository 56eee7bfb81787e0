// Asks an orchestrator for embeddings with the official OpenAI client and prints, as one JSON object, what the client made of the
// answers. Run by OpenAiClientTest, with the endpoint's address and a key as arguments.
import OpenAI from 'openai';

const [baseURL, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const ask = { model: 'sprout-1.4m-q8_0', input: ['a', 'b c'] };
const report = {};

// Without a format the client asks for Base64 and decodes it.
const decoded = await client.embeddings.create(ask);
report.decoded = decoded.data.map((each) => Array.from(each.embedding));
report.indexes = decoded.data.map((each) => each.index);
report.usage = decoded.usage;
const floats = await client.embeddings.create({ ...ask, encoding_format: 'float' });
report.floats = floats.data.map((each) => each.embedding);

try {
  await client.embeddings.create({ ...ask, dimensions: 1 });
} catch (error) {
  report.refused = { status: error.status, code: error.code, param: error.param };
}
console.log(JSON.stringify(report));
