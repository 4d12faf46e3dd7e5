/** A string, or a number; strings are matched so that digits inside them stay as they are. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * `JSON.parse` that gives whole numbers beyond 2^53 as strings: 64-bit ids (refresh, job, warehouse revisions) would be
 * rounded to another id. Throws `SyntaxError`.
 */
export function parseJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(token, (part) => (isUnsafeInteger(part) ? `"${part}"` : part)));
}

function isUnsafeInteger(part: string): boolean {
  return /^-?\d{16,}$/.test(part) && !Number.isSafeInteger(Number(part));
}
