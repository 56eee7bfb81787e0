// Calls an orchestrator with the official OpenAI client and prints, as one JSON object, what the client made of the answers.
// Run by OpenAiClientTest, with the endpoint's address and a key as arguments.
import OpenAI from 'openai';

const [baseURL, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const ask = {
  model: 'sprout-1.4m-q8_0',
  messages: [{ role: 'user', content: 'Hi' }],
};
const add = {
  name: 'add',
  description: 'Adds two numbers.',
  parameters: {
    type: 'object',
    properties: { a: { type: 'number' }, b: { type: 'number' } },
    required: ['a', 'b'],
    additionalProperties: false,
  },
};
const tools = [{ type: 'function', function: add }];
const report = {};

report.calls = (await client.chat.completions.create({ ...ask, tools })).choices[0];
report.streamedCalls = (await client.chat.completions.stream({ ...ask, tools }).finalChatCompletion()).choices[0];

const sums = [];
const runner = client.chat.completions.runTools({
  ...ask,
  stream: true,
  tools: [
    {
      type: 'function',
      function: {
        ...add,
        parse: JSON.parse,
        function: ({ a, b }) => {
          sums.push([a, b]);
          return String(a + b);
        },
      },
    },
  ],
});
report.afterTheTool = await runner.finalContent();
report.sums = sums;

const logprobs = { ...ask, logprobs: true, top_logprobs: 1 };
report.logprobs = (await client.chat.completions.create(logprobs)).choices[0].logprobs;
report.streamedLogprobs = (await client.chat.completions.stream(logprobs).finalChatCompletion()).choices[0].logprobs;

const three = { ...ask, n: 3, seed: 5 };
report.choices = (await client.chat.completions.create(three)).choices.map((each) => each.message.content);
report.streamedChoices = (await client.chat.completions.stream(three).finalChatCompletion()).choices.map(
  (each) => each.message.content,
);

try {
  await client.chat.completions.create({ ...ask, tool_choice: 'required' });
} catch (error) {
  report.refused = { status: error.status, code: error.code, param: error.param };
}
console.log(JSON.stringify(report));
