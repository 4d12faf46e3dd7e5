import { RE2JS, RE2JSException } from 're2js';

/** A regular expression over full names of tables, which are seen in small letters as Unity Catalog keeps them. */
export interface NamePattern {
  readonly text: string;
  /** Anywhere in the name. Time is linear in the name, whatever the pattern. */
  matches(name: string): boolean;
  /** Steps for one character, at most. */
  readonly size: number;
}

export type NamePatternResult =
  | { readonly status: 'read'; readonly pattern: NamePattern }
  | { readonly status: 'refused'; readonly why: string };

/** Longest pattern; that of the schema. Longer ones are refused there and not even compiled. */
export const longestPattern = 300;

/** Reads a pattern with the syntax of RE2: no lookaround, no backreference, and so nothing that could take for ever. */
export function readNamePattern(text: string): NamePatternResult {
  if (text.length > longestPattern) return { status: 'refused', why: `longer than ${longestPattern} characters` };
  try {
    const compiled = RE2JS.compile(text);
    const matches = (name: string): boolean => compiled.test(name.toLowerCase());
    return { status: 'read', pattern: { text, matches, size: compiled.programSize() } };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return { status: 'refused', why: error.message.replace(/^error parsing regexp: /, '') };
  }
}
