/** How often a Quartz expression fires in an hour in which it fires, and in a day, at most. Fields it cannot read count as one. */
export function quartzRate(expression: string): { readonly perHour: number; readonly perDay: number } {
  const [seconds = '0', minutes = '0', hours = '0'] = expression.trim().split(/[ \t]+/);
  const perHour = valuesIn(seconds, 60) * valuesIn(minutes, 60);
  return { perHour, perDay: perHour * valuesIn(hours, 24) };
}

function valuesIn(field: string, size: number): number {
  const values = new Set<number>();
  for (const part of field.split(',', size)) {
    const [, first = '', last, step] = /^(\*|\d{1,2})(?:-(\d{1,2}))?(?:\/(\d{1,2}))?$/.exec(part) ?? [];
    const from = first === '*' ? 0 : Number(first);
    const toEnd = first === '*' || step !== undefined;
    const to = last === undefined ? (toEnd ? size - 1 : from) : Number(last);
    for (let value = from; value <= Math.min(to, size - 1); value += Math.max(1, Number(step ?? 1))) values.add(value);
  }
  return Math.max(1, values.size);
}
