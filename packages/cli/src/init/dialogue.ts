import { createInterface } from 'node:readline';
import { fail } from '@dpo/core';

export interface Dialogue {
  /** Shows the text and gives the next line. Rejects with the reason of the signal, or when the input ends. */
  ask(text: string): Promise<string>;
  /** Shows a line that is no question. */
  say(text: string): void;
  close(): void;
}

export interface DialogueRequest {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  /** What Ctrl-C on the terminal means; it is handed to whoever reads there. */
  readonly onInterrupt: () => void;
}

interface Waiting {
  resolve(line: string): void;
  reject(reason: unknown): void;
}

/** Asks line by line. What is typed or pasted ahead of a question answers the next ones. */
export function openDialogue({ input, output, signal, onInterrupt }: DialogueRequest): Dialogue {
  const lines = createInterface({ input, output });
  const ahead: string[] = [];
  let waiting: Waiting | undefined;
  let ended = false;
  const settle = (act: (one: Waiting) => void): void => {
    const one = waiting;
    waiting = undefined;
    if (one !== undefined) act(one);
  };
  const abort = (): void => settle((one) => one.reject(signal.reason));
  signal.addEventListener('abort', abort);
  lines.on('SIGINT', () => {
    output.write('\n');
    onInterrupt();
  });
  lines.on('line', (line) => {
    if (waiting === undefined) ahead.push(line);
    else settle((one) => one.resolve(line));
  });
  lines.on('close', () => {
    ended = true;
    settle((one) => one.reject(undefined));
  });
  const next = (): Promise<string> => {
    signal.throwIfAborted();
    const line = ahead.shift();
    if (line !== undefined) return Promise.resolve(line);
    if (ended) return Promise.reject(new Error('ended'));
    return new Promise((resolve, reject) => (waiting = { resolve, reject }));
  };
  return {
    ask: async (text) => {
      if (!ended) {
        lines.setPrompt(text);
        lines.prompt();
      }
      return next().catch((error: unknown) => {
        if (signal.aborted) throw error;
        return cutShort();
      });
    },
    say: (text) => void output.write(`${text}\n`),
    close: () => {
      signal.removeEventListener('abort', abort);
      lines.close();
    },
  };
}

function cutShort(): never {
  fail({
    code: 'USAGE',
    message: 'the input ended before the last question was answered: nothing was written',
    hint: 'answer them, or give the answers as flags: dpo init --help',
  });
}
