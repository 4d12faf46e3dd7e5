/** A word of a command line as the framework read it. */
export type Word =
  | { readonly type: 'arg'; readonly input: string }
  | { readonly type: 'flag'; readonly flag: string; readonly input: string };

export interface NewCommand {
  /** `plan`, `apply --auto-approve`. */
  readonly words: string;
  /** A config that was given as argument is named with `--config`. */
  readonly configFlag: boolean;
  /** Flags that the new command does not have. */
  readonly without?: readonly string[];
  /** Flags that stand alone. */
  readonly switches: ReadonlySet<string>;
}

/** The same command line in today's words, to be copied into a shell. */
export function newCommandLine(
  given: readonly Word[],
  { words, configFlag, without = [], switches }: NewCommand,
): string {
  const rest = given.flatMap((word): readonly string[] => {
    if (word.type === 'arg') return [...(configFlag ? ['--config'] : []), quoted(word.input)];
    if (without.includes(word.flag)) return [];
    return [`--${word.flag}`, ...(switches.has(word.flag) ? [] : [quoted(word.input)])];
  });
  return ['dpo', words, ...rest].join(' ');
}

function quoted(text: string): string {
  return /^[\w./:=@%+,-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Names of the flags that take no value; `--json` is one of every command. */
export function switchesIn(flags: Readonly<Record<string, { readonly type: string }>>): ReadonlySet<string> {
  return new Set(['json', ...Object.entries(flags).flatMap(([name, { type }]) => (type === 'boolean' ? [name] : []))]);
}
