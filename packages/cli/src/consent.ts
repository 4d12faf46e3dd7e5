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
      message: 'nothing was written: there is no terminal to ask on',
      hint: question.hint,
    });
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const said = await lines.question(question.text, { signal: question.signal });
    if (said.trim() !== question.answer)
      fail({ code: 'CONSENT.MISSING', message: 'declined: nothing was written', hint: question.hint });
  } finally {
    lines.close();
  }
}
