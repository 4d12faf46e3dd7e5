import type { FoundTable, Problem } from '@dpo/core';
import { matchesTablePattern } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { searchedCatalogs, searchOf } from './table-search.ts';
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

/** Nothing to look at is most likely a tag that is spelt otherwise, or a grant that is missing. */
export function nothingTagged(loaded: LoadedConfig, found: readonly FoundTable[]): readonly Problem[] {
  const tags = searchOf(loaded)?.tags;
  if (tags === undefined || found.some(({ match }) => match.byTags)) return [];
  const wanted = Object.entries(tags).map(([tag, value]) => `${tag} = '${value}'`);
  return [
    {
      code: 'CATALOG.NOTHING_FOUND',
      severity: 'warning',
      message: `no table is tagged ${wanted.join(' and ')} in ${searchedCatalogs(loaded).join(', ')}`,
      hint: 'names and values of tags count with their capitals; check the schema filters of discovery, and grant BROWSE on the catalog',
      place: loaded.keyPlaceOf(['include_tagged_tables']),
    },
  ];
}
