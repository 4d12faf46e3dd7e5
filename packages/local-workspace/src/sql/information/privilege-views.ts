import { allGrants } from '../../access/grants.ts';
import { privilegeText } from '../../access/privilege.ts';
import { parentsOf } from '../../access/securable.ts';
import type { Securable, SecurableType } from '../../access/securable.ts';
import { namesOf } from '../../principals/caller.ts';
import { texts, visibleCatalogs, visibleSchemas, visibleTables } from './information-view.ts';
import type { InformationCell, InformationSource, InformationView } from './information-view.ts';

/** Grants of an object with those that it inherits from schema and catalog. */
export const privilegeViews: Readonly<Record<string, InformationView>> = {
  catalog_privileges: privilegeView('catalog', ['catalog_name'], (source) =>
    visibleCatalogs(source).map(({ name }) => name),
  ),
  schema_privileges: privilegeView('schema', ['catalog_name', 'schema_name'], (source) =>
    visibleSchemas(source).map(({ catalog, name }) => `${catalog}.${name}`),
  ),
  table_privileges: privilegeView('table', ['table_catalog', 'table_schema', 'table_name'], (source) =>
    visibleTables(source).map(({ catalog, schema, name }) => `${catalog}.${schema}.${name}`),
  ),
};

function privilegeView(
  type: SecurableType,
  nameColumns: readonly string[],
  namesIn: (source: InformationSource) => readonly string[],
): InformationView {
  const inherits = type !== 'catalog';
  return {
    columns: texts(
      'grantor',
      'grantee',
      ...nameColumns,
      'privilege_type',
      'is_grantable',
      ...(inherits ? ['inherited_from'] : []),
    ),
    catalogColumn: nameColumns[0] ?? '',
    rows: (source) => {
      const grants = new Map(allGrants(source.storage).map((grant) => [keyOf(grant), grant.principals]));
      return namesIn(source).flatMap((name) => {
        const securable: Securable = { type, name };
        return [securable, ...parentsOf(securable)].flatMap((place) =>
          Object.entries(grants.get(keyOf(place)) ?? {})
            .filter(([principal]) => showsGrantee(source, securable, principal))
            .flatMap(([principal, privileges]) =>
              privileges.map((privilege): readonly InformationCell[] => [
                ownerOf(source, place),
                principal,
                ...name.split('.'),
                privilegeText(privilege),
                'NO',
                ...(inherits ? [place.type === type ? 'NONE' : place.type.toUpperCase()] : []),
              ]),
            ),
        );
      });
    },
  };
}

/** The owner sees every grant, others their own; MANAGE does not help ("TABLE_PRIVILEGES"). */
function showsGrantee({ access, caller }: InformationSource, securable: Securable, principal: string): boolean {
  if (access.owns(caller, securable) || caller.metastoreAdmin) return true;
  return namesOf(caller).some((name) => name.toLowerCase() === principal.toLowerCase());
}

/** Who granted is not kept; grants come from the owner in most cases. */
function ownerOf({ storage }: InformationSource, { type, name }: Securable): string {
  const owner = type === 'metastore' ? undefined : storage.get(type, name)?.['owner'];
  return typeof owner === 'string' ? owner : '';
}

function keyOf({ type, name }: Securable): string {
  return `${type} ${name}`;
}
