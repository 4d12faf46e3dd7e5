import type { Behaviour } from '../behaviour/behaviour.ts';
import type { StatementEngine } from '../sql/statement-engine.ts';
import type { Storage } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import type { Unity } from '../unity/unity.ts';
import type { Seed } from './read-seed.ts';
import type { SeedTableFields } from './table-shape.ts';

export interface SeedPorts {
  readonly storage: Storage;
  readonly unity: Unity;
  readonly engine: StatementEngine;
  readonly ids: Ids;
  readonly clock: () => Date;
  /** Owner of everything that names no other, and the caller for whom the workspace's own token stands. */
  readonly principal: string;
  readonly behaviour: Behaviour;
  readonly workspaceId: string;
  readonly metastoreId: string;
}

/** A table of the file with its place in it. */
export interface SeedTable {
  readonly catalog: string;
  readonly schema: string;
  readonly name: string;
  readonly fields: SeedTableFields;
  readonly path: readonly string[];
}

export function seedTables(seed: Seed): readonly SeedTable[] {
  return seedSchemas(seed).flatMap(({ catalog, schema, fields, path }) =>
    Object.entries(fields.tables ?? {}).map(([name, table]) => ({
      catalog,
      schema,
      name: name.toLowerCase(),
      fields: table,
      path: [...path, 'tables', name],
    })),
  );
}

/** Every schema of the file with its names in lower case. */
export function seedSchemas(seed: Seed) {
  return Object.entries(seed.content.catalogs ?? {}).flatMap(([catalog, { schemas = {} }]) =>
    Object.entries(schemas).map(([schema, fields]) => ({
      catalog: catalog.toLowerCase(),
      schema: schema.toLowerCase(),
      fields,
      path: ['catalogs', catalog, 'schemas', schema],
    })),
  );
}
