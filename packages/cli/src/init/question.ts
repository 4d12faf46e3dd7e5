import { fail } from '@dpo/core';
import type { Dialogue } from './dialogue.ts';

/** Something that a new config needs to know, and the flag that answers it in advance. */
export interface Question {
  /** Without the dashes. */
  readonly flag: string;
  readonly text: string;
  /** What an empty answer means, and a missing one where nobody can be asked. Without it an answer is needed. */
  readonly fallback?: string | undefined;
  /** What is wrong with an answer, in a sentence. */
  fault(answer: string): string | undefined;
}

/** Given by its flag, else asked until it is right; where there is no dialogue, its fallback or a usage error. */
export async function answerTo(
  question: Question,
  given: string | undefined,
  dialogue: Dialogue | undefined,
): Promise<string> {
  const { flag, text, fallback } = question;
  if (given !== undefined) {
    const wrong = question.fault(given);
    if (wrong === undefined) return given;
    fail({ code: 'USAGE', message: `--${flag}: ${wrong}`, hint: `give --${flag} another value` });
  }
  if (dialogue === undefined) {
    if (fallback !== undefined) return fallback;
    fail({
      code: 'USAGE',
      message: `--${flag} is missing, and there is nobody to ask`,
      hint: `add --${flag}, or run dpo init on a terminal, without --yes`,
    });
  }
  for (;;) {
    // One question after the other.
    // oxlint-disable-next-line no-await-in-loop
    const said = (await dialogue.ask(`${text}${bracketed(fallback)}: `)).trim();
    if (said === '' && fallback !== undefined) return fallback;
    const wrong = said === '' ? 'an answer is needed' : question.fault(said);
    if (wrong === undefined) return said;
    dialogue.say(`  ${wrong}`);
  }
}

function bracketed(fallback: string | undefined): string {
  if (fallback === undefined) return '';
  return ` [${fallback === '' ? 'none' : fallback}]`;
}
