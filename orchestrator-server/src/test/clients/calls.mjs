// Lets a Java test make calls with a client of Node.js: one call a line on the standard input, its outcome a line on the standard output, calls side by side.
import { createInterface } from 'node:readline';

/** What a test needs to know of an error: the client's own class, and what it read from the answer. */
function described(error) {
  const last = error.lastError ?? error;
  return {
    type: error.name === 'Error' ? error.constructor.name : error.name,
    status: last.status ?? last.statusCode ?? 0,
    code: last.code ?? last.data?.error?.code ?? '',
    message: String(last.message),
  };
}

/** @param calls the calls by name; each gets the client's settings and its own arguments */
export async function serve(calls) {
  const print = (outcome) => process.stdout.write(JSON.stringify(outcome) + '\n');
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, call, settings, args } = JSON.parse(line);
    const make = calls[call] ?? (async () => Promise.reject({ name: 'NoSuchCall', message: call }));
    make(settings, ...args).then(
      (value) => print({ id, value: value ?? null }),
      (error) => print({ id, error: described(error) }),
    );
  }
}
