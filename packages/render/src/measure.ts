const ascii = /^[\x20-\x7e]*$/;
const mark = /^\p{M}$/u;
const wide =
  /^[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]$/u;

/** Terminal cells of a text without control characters; East Asian letters and emoji take two. */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += cellsOf(character);
  return width;
}

/** The text, or its beginning with an ellipsis, in at most `width` cells. */
export function cut(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text;
  const room = width - widthOf(ellipsis);
  return room < 0 ? startOf(text, width) : startOf(text, room) + ellipsis;
}

/** The longest beginning that takes at most `width` cells. */
export function startOf(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += cellsOf(character);
    if (used > width) break;
    end += character.length;
  }
  return text.slice(0, end);
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

function cellsOf(character: string): number {
  if (mark.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
