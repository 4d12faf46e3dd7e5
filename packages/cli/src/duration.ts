const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** `30s`, `10m`, `2h`, or `0`, in milliseconds; undefined for anything else. */
export function durationOf(text: string): number | undefined {
  const [, digits = '', unit = ''] = /^(\d{1,9})(ms|s|m|h)?$/u.exec(text) ?? [];
  const number = Number(digits);
  if (digits !== '' && isUnit(unit)) return number * units[unit];
  return digits !== '' && number === 0 ? 0 : undefined;
}

function isUnit(text: string): text is keyof typeof units {
  return Object.hasOwn(units, text);
}
