/**
 * Control characters and escapes, bidirectional and other invisible controls, lone surrogates, private characters, line
 * separators, and blanks that look like a space but are none.
 */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;
const plain = /^[\x20-\x7e]*$/;
const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * The text as one line that cannot move the cursor, colour, reorder or hide anything: each hidden character becomes its
 * ASCII escape (`\x1b`, `\u202e`). Applying it twice changes nothing more.
 */
export function visible(text: string): string {
  return plain.test(text) ? text : text.replace(hidden, escapeOf);
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code > 0xffff) return `\\u{${hex}}`;
  return named[character] ?? (code > 0xff ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`);
}
