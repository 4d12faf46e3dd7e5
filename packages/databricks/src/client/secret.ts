import { inspect } from 'node:util';

/** A credential that no message, document or debugger output shows; only `reveal` gives it. */
export interface Secret {
  reveal(): string;
  /** The text with every occurrence of the credential replaced. Everything a service says passes through here. */
  redact(text: string): string;
}

const mask = '[redacted]';

/** Shows itself as the mask wherever it is printed. */
abstract class Hidden {
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

class HiddenText extends Hidden implements Secret {
  readonly #text: string;

  constructor(text: string) {
    super();
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  redact(text: string): string {
    return replaceAll(text, formsOf(this.#text));
  }
}

export function secret(text: string): Secret {
  return new HiddenText(text);
}

/** What one connection must not show. It grows: a token that was renewed stays secret. */
export interface Secrets {
  add(text: string): void;
  redact(text: string): string;
}

class HiddenTexts extends Hidden implements Secrets {
  readonly #forms = new Set<string>();

  add(text: string): void {
    for (const form of formsOf(text)) this.#forms.add(form);
  }

  redact(text: string): string {
    return replaceAll(text, this.#forms);
  }
}

export function createSecrets(): Secrets {
  return new HiddenTexts();
}

/** As it is, as a part of a URL or of a form, and as JSON writes it. */
function formsOf(text: string): readonly string[] {
  if (text === '') return [];
  const inForm = new URLSearchParams([['', text]]).toString().slice(1);
  return [text, encodeURIComponent(text), inForm, JSON.stringify(text).slice(1, -1)];
}

/** The longest first, so that nothing is left of one that holds another. */
function replaceAll(text: string, forms: Iterable<string>): string {
  return [...forms].toSorted((a, b) => b.length - a.length).reduce((rest, form) => rest.replaceAll(form, mask), text);
}
