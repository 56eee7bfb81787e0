// The AI SDK of Vercel with its provider for endpoints like OpenAI's.
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embedMany, generateText, Output, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import { serve } from './calls.mjs';

const provider = ({ baseUrl, apiKey }) =>
  createOpenAICompatible({ name: 'peerllm', baseURL: baseUrl, apiKey, includeUsage: true, supportsStructuredOutputs: true });
const ask = (settings, model, prompt) => ({
  model: provider(settings)(model),
  prompt,
  temperature: 0,
  maxRetries: settings.retries,
});
const tools = {
  add: tool({
    description: 'Adds two numbers.',
    inputSchema: z.object({ a: z.number(), b: z.number() }),
    execute: async ({ a, b }) => String(a + b),
  }),
};

const answer = (text, pieces, finishReason, usage) => ({
  text,
  pieces,
  finishReason,
  promptTokens: usage.inputTokens,
  completionTokens: usage.outputTokens,
});

/** The parts of a stream; the SDK gives an error as one of them. */
async function* parts(stream) {
  for await (const part of stream.fullStream) {
    if (part.type === 'error') throw part.error;
    yield part;
  }
}

await serve({
  async chat(settings, model, prompt) {
    const { text, finishReason, usage } = await generateText(ask(settings, model, prompt));
    return answer(text, 1, finishReason, usage);
  },

  async stream(settings, model, prompt) {
    const stream = streamText({ ...ask(settings, model, prompt), onError: () => {} });
    let pieces = 0;
    for await (const part of parts(stream)) if (part.type === 'text-delta') pieces++;
    return answer(await stream.text, pieces, await stream.finishReason, await stream.usage);
  },

  async verdict(settings, model, prompt) {
    const output = Output.object({ schema: z.object({ good: z.enum(['yes', 'no']) }) });
    return (await generateText({ ...ask(settings, model, prompt), output })).output.good;
  },

  async sums(settings, model, prompt) {
    return (await generateText({ ...ask(settings, model, prompt), tools, stopWhen: stepCountIs(3) })).text;
  },

  async streamedSums(settings, model, prompt) {
    const stream = streamText({ ...ask(settings, model, prompt), tools, stopWhen: stepCountIs(3), onError: () => {} });
    let text = '';
    for await (const part of parts(stream)) if (part.type === 'text-delta') text += part.text;
    return text;
  },

  async embed(settings, model, texts) {
    const made = await embedMany({ model: provider(settings).embeddingModel(model), values: texts, maxRetries: settings.retries });
    return made.embeddings;
  },

  async leave(settings, model, prompt) {
    const leaving = new AbortController();
    const stream = streamText({ ...ask(settings, model, prompt), abortSignal: leaving.signal, onError: () => {} });
    for await (const part of parts(stream)) if (part.type === 'text-delta') leaving.abort();
  },
});
