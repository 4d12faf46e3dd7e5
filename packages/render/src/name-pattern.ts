/**
 * A pattern that all names match: segments they share, `*` for the others, with a common beginning that ends at a word
 * (`main.sales.fact_*`). One name is its own pattern.
 */
export function commonPattern(names: readonly string[]): string {
  const [first = ''] = names;
  const segments = first.split('.');
  const others = names.map((name) => name.split('.'));
  if (others.some((other) => other.length !== segments.length)) return '*';
  return segments.map((segment, index) => commonSegment(segment, index, others)).join('.');
}

function commonSegment(segment: string, index: number, others: readonly (readonly string[])[]): string {
  let common = segment;
  for (const other of others) {
    const text = other[index] ?? '';
    if (text !== segment) common = sharedStart(common, text);
  }
  if (common === segment && others.every((other) => other[index] === segment)) return segment;
  const word = /^.*[_-]/.exec(common);
  return `${word?.[0] ?? ''}*`;
}

/** The longest beginning of both. */
export function sharedStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
