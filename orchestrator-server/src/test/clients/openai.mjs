// The official OpenAI client for Node.js.
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { serve } from './calls.mjs';

const client = ({ baseUrl, apiKey, retries }) => new OpenAI({ baseURL: baseUrl, apiKey, maxRetries: retries });
const ask = (model, prompt) => ({ model, messages: [{ role: 'user', content: prompt }], temperature: 0 });

const answer = (completion, pieces) => ({
  text: completion.choices[0].message.content,
  pieces,
  finishReason: completion.choices[0].finish_reason,
  promptTokens: completion.usage.prompt_tokens,
  completionTokens: completion.usage.completion_tokens,
});

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

await serve({
  async models(settings) {
    const ids = [];
    for await (const model of client(settings).models.list()) ids.push(model.id);
    return ids;
  },

  async chat(settings, model, prompt) {
    return answer(await client(settings).chat.completions.create(ask(model, prompt)), 1);
  },

  async stream(settings, model, prompt) {
    let pieces = 0;
    const stream = client(settings)
      .chat.completions.stream({ ...ask(model, prompt), stream_options: { include_usage: true } })
      .on('content', () => pieces++);
    return answer(await stream.finalChatCompletion(), pieces);
  },

  async verdict(settings, model, prompt) {
    const format = zodResponseFormat(z.object({ good: z.enum(['yes', 'no']) }), 'verdict');
    const parsed = await client(settings).chat.completions.parse({ ...ask(model, prompt), response_format: format });
    return parsed.choices[0].message.parsed.good;
  },

  async sums(settings, model, prompt) {
    const adder = { ...add, parse: JSON.parse, function: ({ a, b }) => String(a + b) };
    const tools = [{ type: 'function', function: adder }];
    return client(settings).chat.completions.runTools({ ...ask(model, prompt), tools }).finalContent();
  },

  async streamedSums(settings, model, prompt) {
    const adder = { ...add, parse: JSON.parse, function: ({ a, b }) => String(a + b) };
    const tools = [{ type: 'function', function: adder }];
    return client(settings).chat.completions.runTools({ ...ask(model, prompt), tools, stream: true }).finalContent();
  },

  async embed(settings, model, texts) {
    // Without a format the client asks for Base64 and decodes it.
    const made = await client(settings).embeddings.create({ model, input: texts });
    return made.data.map((each) => Array.from(each.embedding));
  },

  async leave(settings, model, prompt) {
    const stream = await client(settings).chat.completions.create({ ...ask(model, prompt), stream: true });
    for await (const chunk of stream) if (chunk.choices[0]?.delta?.content) break;
  },

  // Beyond what all clients have.

  async severalAnswers(settings, model, prompt) {
    const three = { ...ask(model, prompt), n: 3, seed: 5 };
    const texts = (completion) => completion.choices.map((each) => each.message.content);
    return {
      whole: texts(await client(settings).chat.completions.create(three)),
      streamed: texts(await client(settings).chat.completions.stream(three).finalChatCompletion()),
    };
  },

  async logprobs(settings, model, prompt) {
    const likely = { ...ask(model, prompt), logprobs: true, top_logprobs: 1 };
    return {
      whole: (await client(settings).chat.completions.create(likely)).choices[0].logprobs.content,
      streamed: (await client(settings).chat.completions.stream(likely).finalChatCompletion()).choices[0].logprobs.content,
    };
  },

  async calls(settings, model, prompt) {
    const tools = [{ type: 'function', function: add }];
    const called = { ...ask(model, prompt), tools };
    return {
      whole: (await client(settings).chat.completions.create(called)).choices[0],
      streamed: (await client(settings).chat.completions.stream(called).finalChatCompletion()).choices[0],
    };
  },

  async refused(settings, model, prompt) {
    return client(settings).chat.completions.create({ ...ask(model, prompt), tool_choice: 'required' });
  },

  async floats(settings, model, texts) {
    const made = await client(settings).embeddings.create({ model, input: texts, encoding_format: 'float' });
    return { vectors: made.data.map((each) => each.embedding), usage: made.usage };
  },
});
