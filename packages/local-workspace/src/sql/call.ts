import type { Token } from './lexer.ts';
import { stringToken } from './tokens.ts';

/** A call as it is rewritten: its arguments are done already. */
export interface Call {
  readonly name: string;
  readonly args: readonly (readonly Token[])[];
  /** What stands in the brackets, as it was written. */
  readonly content: readonly Token[];
  /** The tokens of the query and the index behind the closing bracket. */
  readonly tokens: readonly Token[];
  readonly next: number;
  readonly rewrite: (tokens: readonly Token[]) => readonly Token[];
}

/** The text of an argument that has to be a literal. */
export function literalOf(argument: readonly Token[] | undefined): string | undefined {
  return argument?.length === 1 && argument[0]?.kind === 'string' ? argument[0].value : undefined;
}

export function textArgument(text: string): readonly Token[] {
  return [stringToken(text)];
}
