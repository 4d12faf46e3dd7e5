/** A piece of a text that may hold references. `written` is how it stands in the text. */
export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'var' | 'env'; readonly name: string; readonly written: string }
  | { readonly kind: 'fault'; readonly written: string };

const reference = /\$\$\{|\$\{([^}]*)(\}?)/g;
const meaning = /^(?:var\.(?<variable>[A-Za-z_][A-Za-z0-9_-]*)|env:(?<environment>[A-Za-z_][A-Za-z0-9_]*))$/;

export const variableName = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** `${var.name}`, `${env:NAME}`, and `$${` for a literal `${`; every other `${` is a fault. */
export function partsOf(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(reference)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    end = match.index + match[0].length;
    parts.push(match[0] === '$${' ? { kind: 'text', text: '${' } : partOf(match));
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

function partOf([written, inner = '', bracket]: RegExpExecArray | RegExpMatchArray): TextPart {
  const { variable, environment } = (bracket === '}' ? meaning.exec(inner)?.groups : undefined) ?? {};
  if (variable !== undefined) return { kind: 'var', name: variable, written };
  return environment === undefined ? { kind: 'fault', written } : { kind: 'env', name: environment, written };
}

/** Whether a text means something else than it says. */
export function hasReferences(text: string): boolean {
  return text.includes('${');
}
