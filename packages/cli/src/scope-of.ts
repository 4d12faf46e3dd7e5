import { parseSelection, type Scope } from '@dpo/core';
import type { ScopeFlags } from './flags.ts';

/** What `--select` and `--exclude` limit a run to; throws for a selection that cannot be read. */
export function scopeOf({ select, exclude }: ScopeFlags): Scope {
  return {
    ...(select === undefined ? {} : { select: { text: select, selection: parseSelection(select, '--select') } }),
    ...(exclude === undefined ? {} : { exclude: { text: exclude, selection: parseSelection(exclude, '--exclude') } }),
  };
}
