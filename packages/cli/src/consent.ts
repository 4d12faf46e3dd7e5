import { createInterface } from 'node:readline/promises';
import { fail } from '@dpo/core';

export interface Question {
  readonly text: string;
  /** The only answer that is consent. */
  readonly answer: string;
  /** What to run where nobody can be asked. */
  readonly hint: string;
  readonly signal: AbortSignal;
}

/** Asks on the terminal. Throws `CONSENT.MISSING` (exit 4, nothing written) if declined or if nobody can be asked. */
export async function askConsent(question: Question): Promise<void> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    fail({
      code: 'CONSENT.MISSING',
      message: 'consent is needed and there is no terminal to ask on: nothing was written',
      hint: question.hint,
    });
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // The terminal hands Ctrl-C to whoever asks on it; here it is an interrupt like any other.
  lines.on('SIGINT', () => {
    process.stderr.write('\n');
    process.kill(process.pid, 'SIGINT');
  });
  try {
    const said = await lines.question(question.text, { signal: question.signal }).catch((error: unknown) => {
      // End of input (Ctrl-D) is an answer, and it is no.
      if (question.signal.aborted) throw error;
      process.stderr.write('\n');
      return '';
    });
    if (said.trim() !== question.answer)
      fail({
        code: 'CONSENT.MISSING',
        message: `declined: the answer was not '${question.answer}', nothing was written`,
      });
  } finally {
    lines.close();
  }
}
