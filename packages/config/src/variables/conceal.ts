import type { Problem } from '@dpo/core';
import { isNaming, type Reference } from './reference.ts';

/** Shorter ones are found in half of all words; quoted as a whole they are replaced whatever their length. */
const shortestInText = 8;

/** A problem that shows a value of the environment as it is written. Names of things stay: they are no secrets. */
export function conceal(problem: Problem, references: readonly Reference[]): Problem {
  const hidden = references.filter(({ path, value }) => !isNaming(path) && value !== '');
  if (hidden.length === 0) return problem;
  const clean = (text: string): string => hidden.reduce(replaceIn, text);
  const { message, hint } = problem;
  return { ...problem, message: clean(message), ...(hint !== undefined && { hint: clean(hint) }) };
}

function replaceIn(text: string, { value, text: written }: Reference): string {
  const plain = String(value);
  const quoted = text.replaceAll(`'${plain}'`, () => `'${written}'`);
  return plain.length < shortestInText ? quoted : quoted.replaceAll(plain, () => written);
}
