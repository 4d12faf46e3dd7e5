import type { Secret } from './secret.ts';

/** Shorter ones would turn up in words that have nothing to do with them. */
export const shortestHidden = 4;

/** What nothing that a service says may repeat: the credential, and values that config and plan know by reference only. */
export interface Redaction {
  /** More texts to be replaced from now on; those shorter than `shortestHidden` cannot be told from other words. */
  hide(texts: readonly string[]): void;
  redact(text: string): string;
}

const mask = '[redacted]';

export function createRedaction(token: Secret): Redaction {
  const hidden = new Set<string>();
  let longestFirst: readonly string[] = [];
  return {
    hide: (texts) => {
      for (const text of texts.filter(({ length }) => length >= shortestHidden))
        for (const form of formsOf(text)) hidden.add(form);
      longestFirst = [...hidden].toSorted((a, b) => b.length - a.length);
    },
    redact: (text) => longestFirst.reduce((left, form) => left.replaceAll(form, mask), token.redact(text)),
  };
}

/** A service repeats a value as it is, inside of JSON or of an address, or with its white space made even. */
function formsOf(text: string): readonly string[] {
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    text.trim().split(/\s+/u).join(' '),
  ].filter(({ length }) => length >= shortestHidden);
}
