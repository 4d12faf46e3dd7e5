import type { Secret } from './secret.ts';

/** Shorter texts would turn up in words that have nothing to do with them. */
export const shortestHidden = 4;
const shortestPart = 6;

/** What nothing that a service says may repeat: the credential, and values that config and plan know by reference only. */
export interface Redaction {
  /**
   * More texts to be replaced from now on, whatever their case, and their parts, since a service quotes what it does not
   * understand. What is shorter than `shortestHidden` (parts: 6) cannot be told from other words and is not replaced.
   */
  hide(texts: readonly string[]): void;
  redact(text: string): string;
}

const mask = '[redacted]';

export function createRedaction(token: Secret): Redaction {
  const hidden = new Set<string>();
  let pattern: RegExp | undefined;
  return {
    hide: (texts) => {
      for (const text of texts.flatMap(formsOf)) hidden.add(text);
      const longestFirst = [...hidden].toSorted((a, b) => b.length - a.length);
      pattern = hidden.size === 0 ? undefined : new RegExp(longestFirst.map(literally).join('|'), 'giu');
    },
    redact: (text) => {
      const safe = token.redact(text);
      return pattern === undefined ? safe : safe.replaceAll(pattern, mask);
    },
  };
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
