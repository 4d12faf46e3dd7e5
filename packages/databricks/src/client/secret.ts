import { inspect } from 'node:util';

/** A credential that no message, document or debugger output shows; only `reveal` gives it. */
export interface Secret {
  reveal(): string;
  /** The text with every occurrence of the credential replaced. Everything a service says passes through here. */
  redact(text: string): string;
}

const mask = '[redacted]';

class HiddenText implements Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  redact(text: string): string {
    if (this.#text === '') return text;
    return text.replaceAll(this.#text, mask).replaceAll(encodeURIComponent(this.#text), mask);
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}

export function secret(text: string): Secret {
  return new HiddenText(text);
}
