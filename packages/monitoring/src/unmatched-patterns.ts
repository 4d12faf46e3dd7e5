import type { FoundTable, Problem } from '@dpo/core';
import { matchesTablePattern } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { listedKeys, partsOf, patternKeys } from './table-source.ts';

/** A pattern that is about no table at all is most likely misspelt (C17). */
export function unmatchedPatterns(loaded: LoadedConfig, found: readonly FoundTable[]): readonly Problem[] {
  const matched = new Set(found.flatMap(({ match }) => match.patterns));
  const listed = listedKeys(loaded).map(partsOf);
  return patternKeys(loaded)
    .filter((pattern) => !matched.has(pattern) && !listed.some((table) => matchesTablePattern(pattern, table)))
    .map((pattern) => ({
      code: 'CATALOG.PATTERN_UNMATCHED',
      severity: 'warning',
      message: `no table matches '${pattern}'`,
      hint: 'check the pattern, include_schemas and exclude_schemas of discovery, and the grants of this identity',
      place: loaded.keyPlaceOf(['monitored_tables', pattern]),
    }));
}
