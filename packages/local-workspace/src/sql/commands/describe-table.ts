import { tableSecurable } from '../../access/securable.ts';
import type { TableObject } from '../../unity/objects.ts';
import type { Session } from '../session.ts';

/** Who has nothing on a table does not get its columns; BROWSE is enough. */
export function requireSeen({ access, caller }: Session, table: TableObject): void {
  if (!access.sees(caller, tableSecurable(table))) access.require(caller, 'SELECT', tableSecurable(table));
}

/** What DESCRIBE EXTENDED says of a table besides its columns; the text of a view only to its owner. */
export function describedFacts(
  { access, behaviour, caller }: Session,
  table: TableObject,
): readonly (readonly [string, string])[] {
  const isView = table.viewDefinition !== undefined;
  const owns = access.owns(caller, tableSecurable(table));
  const shown = !isView || owns || behaviour.view_properties === 'visible';
  const properties = Object.entries(table.properties).map(([key, value]) => `${key}=${value}`);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Catalog', table.catalog],
    ['Database', table.schema],
    ['Table', table.name],
    ['Created Time', new Date(table.createdAt).toISOString()],
    ['Type', table.tableType],
    ['Comment', table.comment],
    ['View Text', owns ? table.viewDefinition : undefined],
    ['Provider', isView ? undefined : 'delta'],
    ['Owner', table.owner],
    ['Table Properties', shown ? `[${properties.join(',')}]` : undefined],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
