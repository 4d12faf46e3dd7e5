import { everyone } from '../access/create-access.ts';
import { listPrincipals } from '../principals/principal.ts';
import type { Storage } from '../storage/storage.ts';
import type { Seed } from './read-seed.ts';
import { seedSchemas, seedTables } from './seed-table.ts';

interface GrantPlace {
  readonly grants?: Readonly<Record<string, unknown>> | undefined;
  readonly path: readonly string[];
}

/** Members of groups and holders of grants have to exist: a grant to a name with a slip would silently give nothing. */
export function checkNames(seed: Seed, storage: Pick<Storage, 'list'>): void {
  const { principals = {}, groups = {} } = seed.content;
  const stored = listPrincipals(storage);
  const people = new Set([...Object.keys(principals), ...stored.map(({ userName }) => userName)].map(lower));
  for (const [group, members] of Object.entries(groups)) {
    const index = members.findIndex((member) => !people.has(lower(member)));
    if (index !== -1) {
      const path = ['groups', group, index];
      throw seed.fault(path, `${group}: there is no principal '${String(members[index])}'`);
    }
  }
  const named = Object.values(principals).flatMap((fields) => fields.groups ?? []);
  const all = [...Object.keys(groups), ...named, ...stored.flatMap((principal) => principal.groups)];
  const known = new Set([...people, ...all.map(lower), everyone, 'users', 'admins']);
  for (const { grants = {}, path } of grantPlaces(seed)) {
    const unknown = Object.keys(grants).find((name) => !known.has(lower(name)));
    if (unknown !== undefined) {
      throw seed.fault([...path, 'grants', unknown], `there is no principal or group '${unknown}'; declare it`);
    }
  }
}

function grantPlaces(seed: Seed): readonly GrantPlace[] {
  const { metastore = {}, catalogs = {} } = seed.content;
  const inSchemas = seedSchemas(seed).flatMap(({ fields, path }) => [
    { grants: fields.grants, path },
    ...Object.entries(fields.volumes ?? {}).map(([name, volume]) => place(volume.grants, [...path, 'volumes', name])),
    ...Object.entries(fields.functions ?? {}).map(([name, made]) => place(made.grants, [...path, 'functions', name])),
  ]);
  return [
    { grants: metastore.grants, path: ['metastore'] },
    ...Object.entries(catalogs).map(([name, catalog]) => place(catalog.grants, ['catalogs', name])),
    ...inSchemas,
    ...seedTables(seed).map(({ fields, path }) => ({ grants: fields.grants, path })),
  ];
}

function place(grants: GrantPlace['grants'], path: readonly string[]): GrantPlace {
  return { grants, path };
}

function lower(name: string): string {
  return name.toLowerCase();
}
