import { fail, type Coverage } from '@dpo/core';

/** `90%` or `0.9` as a share from 0 to 1; throws for anything else (ruling 74). */
export function minimumOf(text: string): number {
  const [, percent] = /^(\d{1,3}(?:\.\d+)?)%$/u.exec(text) ?? [];
  const [share] = /^[01](?:\.\d+)?$/u.exec(text) ?? [];
  const value = percent === undefined ? Number(share ?? 'none') : Number(percent) / 100;
  if (value >= 0 && value <= 1) return value;
  return fail({
    code: 'USAGE',
    message: `--min '${text}' is neither a percentage nor a share`,
    hint: 'write 90% or 0.9',
  });
}

/** Counted in tables, so that no rounding decides. What could not be listed may hold tables: then nothing is proven. */
export function meets({ summary, complete }: Coverage, minimum: number): boolean {
  const covered = summary.monitored + summary.by_schema;
  return complete && covered >= minimum * summary.eligible - 1e-9;
}
