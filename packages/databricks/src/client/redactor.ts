import { inspect } from 'node:util';

/** Knows everything secret about a connection, and takes it out of whatever is said, logged or told. */
export interface Redactor {
  /** Remembers a secret; ignores what is too short to be one. */
  learn(secret: string | undefined): void;
  /**
   * Remembers values that config and plan know by reference only, whatever their case, and their parts, since a service
   * quotes what it does not understand. What is shorter than 4 (parts: 6) cannot be told from other words.
   */
  hide(texts: readonly string[]): void;
  /** The text with every occurrence of every secret replaced, in the spellings that services echo. */
  redact(text: string): string;
}

export const mask = '[redacted]';

/** Shorter texts occur in ordinary words. */
const shortest = 6;
const shortestHidden = 4;
const shortestPart = 6;

class Memory implements Redactor {
  readonly #spellings = new Set<string>();
  readonly #hidden = new Set<string>();
  #pattern: RegExp | undefined;

  learn(secret: string | undefined): void {
    if (secret === undefined || secret.length < shortest) return;
    for (const spelling of spellingsOf(secret)) this.#spellings.add(spelling);
  }

  hide(texts: readonly string[]): void {
    for (const text of texts.flatMap(formsOf)) this.#hidden.add(text);
    const longestFirst = [...this.#hidden].toSorted((one, other) => other.length - one.length);
    this.#pattern = this.#hidden.size === 0 ? undefined : new RegExp(longestFirst.map(literally).join('|'), 'giu');
  }

  redact(text: string): string {
    // The longest first: a secret may be part of another one.
    const known = [...this.#spellings].toSorted((one, other) => other.length - one.length);
    const safe = known.reduce((rest, spelling) => rest.replaceAll(spelling, mask), text);
    return this.#pattern === undefined ? safe : safe.replaceAll(this.#pattern, mask);
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

/** A service repeats a value as it is, inside of JSON or of an address, with its white space made even, or in part. */
function formsOf(text: string): readonly string[] {
  const whole = [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    text.trim().split(/\s+/u).join(' '),
  ];
  // In words as the service may see them, with and without what joins them.
  const parts = [...text.split(/[\s'"`,;()[\]{}=<>]+/u), ...text.split(/[^\p{L}\p{N}_]+/u)];
  return [
    ...whole.filter(({ length }) => length >= shortestHidden),
    ...parts.filter(({ length }) => length >= shortestPart),
  ];
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
