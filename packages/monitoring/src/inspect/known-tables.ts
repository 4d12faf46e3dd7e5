import { addressOf, type Address, type Catalog, type CatalogTable, type Facts, type TableHow } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { factsOf } from '../facts.ts';
import { foundTables } from '../found-tables.ts';
import { ownOutputs } from '../own-outputs.ts';
import { tableSettings } from '../table-settings.ts';
import { declared, listedKeys, listedSource, patternKeys, type TableSource } from '../table-source.ts';

/** A table that the config speaks of, by its name, a pattern or its tags. */
export interface KnownTable {
  /** Full name in lower case. */
  readonly name: string;
  readonly how: TableHow;
  readonly source: TableSource;
  /** `enabled: false` takes it out. */
  readonly disabled: boolean;
  /** Missing where it could not be read, or is not there. */
  readonly table?: CatalogTable;
}

type Read = Pick<Catalog, 'found' | 'findings'>;

/** Listed tables in the order of the file, then found ones by priority and name, then what is found and disabled. */
export function knownTables(loaded: LoadedConfig, catalog: Read): readonly KnownTable[] {
  const patterns = patternKeys(loaded);
  const known = (name: string, source: TableSource): KnownTable => {
    const finding = catalog.findings.get(name);
    return {
      name,
      how: source.how === 'listed' ? 'listed' : source.keys.length > 0 ? 'pattern' : 'tag',
      source,
      disabled: declared(loaded, source, 'enabled')?.value === false,
      ...(finding?.status === 'present' ? { table: finding.table } : {}),
    };
  };
  const listed = listedKeys(loaded).map((key) => known(key.toLowerCase(), listedSource(loaded, key, patterns)));
  const found = foundTables(loaded, catalog).map(({ name, source }) => known(name, source));
  return [...listed, ...found, ...disabledIn(loaded, catalog, new Set([...listed, ...found].map(({ name }) => name)))];

  function disabledIn(config: LoadedConfig, { found: all }: Read, others: ReadonlySet<string>): readonly KnownTable[] {
    const isOwn = ownOutputs(config, []);
    return all
      .filter((table) => !others.has(table.name) && !isOwn(table))
      .flatMap((table): readonly KnownTable[] => {
        const keys = patterns.filter((key) => table.match.patterns.includes(key));
        const [first] = keys;
        if (first === undefined) return [];
        const entry = known(table.name, { how: 'found', keys, place: config.keyPlaceOf(['monitored_tables', first]) });
        return entry.disabled ? [entry] : [];
      });
  }
}

/** What each table that could be read can be selected by, by the address of its monitor. */
export function factsOfTables(loaded: LoadedConfig, tables: readonly KnownTable[]): ReadonlyMap<Address, Facts> {
  return new Map(
    tables.flatMap(({ name, source, table }): readonly (readonly [Address, Facts])[] => {
      if (table === undefined) return [];
      const settings = tableSettings(loaded, source, table);
      return [[addressOf('monitor', name), factsOf({ loaded, source, table, settings })]];
    }),
  );
}
