import { inspect } from 'node:util';

/** Knows everything secret about a connection, and takes it out of whatever is said, logged or told. */
export interface Redactor {
  /** Remembers a secret; ignores what is too short to be one. */
  learn(secret: string | undefined): void;
  /** The text with every occurrence of every secret replaced, in the spellings that services echo. */
  redact(text: string): string;
}

export const mask = '[redacted]';

/** Shorter texts occur in ordinary words. */
const shortest = 6;

class Memory implements Redactor {
  readonly #spellings = new Set<string>();

  learn(secret: string | undefined): void {
    if (secret === undefined || secret.length < shortest) return;
    for (const spelling of spellingsOf(secret)) this.#spellings.add(spelling);
  }

  redact(text: string): string {
    // The longest first: a secret may be part of another one.
    const known = [...this.#spellings].toSorted((one, other) => other.length - one.length);
    return known.reduce((rest, spelling) => rest.replaceAll(spelling, mask), text);
  }

  [inspect.custom](): string {
    return mask;
  }
}

export function createRedactor(secrets: readonly (string | undefined)[] = []): Redactor {
  const memory = new Memory();
  for (const secret of secrets) memory.learn(secret);
  return memory;
}

function spellingsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = Buffer.from(secret).toString('base64');
  const spellings = [
    secret,
    json,
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    base64,
  ];
  return spellings.filter((spelling) => spelling.length >= shortest);
}
