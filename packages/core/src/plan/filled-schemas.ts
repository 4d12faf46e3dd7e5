import { kindOf, nameOf, type Address } from '../address.ts';
import type { Live } from '../live.ts';
import type { DraftOp } from './decision.ts';

/**
 * Schemas that hold more than this plan removes from them: its views, and the metric tables that it drops. They stay. The
 * count that a read gives is a lower bound, so a schema that is not among these may still turn out to hold something; the
 * service then refuses to delete it.
 */
export function filledSchemas(drafts: ReadonlyMap<Address, DraftOp>, live: Live): readonly Address[] {
  const removed = new Map<string, number>();
  for (const name of [...drafts.values()].flatMap(removedBy)) {
    const schema = schemaOf(name);
    removed.set(schema, (removed.get(schema) ?? 0) + 1);
  }
  return [...drafts.values()].flatMap(({ address, action }) =>
    action === 'delete' && countIn(live, address) > (removed.get(nameOf(address)) ?? 0) ? [address] : [],
  );
}

/** Whether a schema was found to hold nothing at all; what an unread one holds is not known. */
export function isEmptySchema(address: Address, live: Live): boolean {
  const found = live.get(address);
  return found?.status === 'present' && (found.out['tables'] ?? 0) === 0;
}

/** Full names of what an operation takes out of a schema. */
function removedBy({ address, action, purge = [] }: DraftOp): readonly string[] {
  const dropped = purge.flatMap(({ kind, name }) => (kind === 'table' ? [name] : []));
  return action === 'delete' && kindOf(address) === 'view' ? [...dropped, nameOf(address)] : dropped;
}

/** Full name, in lower case, of the schema that a table or a view is in. */
export function schemaOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.')).toLowerCase();
}

function countIn(live: Live, address: Address): number {
  const found = live.get(address);
  const tables = found?.status === 'present' ? found.out['tables'] : undefined;
  return typeof tables === 'number' ? tables : 0;
}
