import type { Access } from '../access/access.ts';
import { tableSecurable } from '../access/securable.ts';
import { findPrincipal } from '../principals/principal.ts';
import type { Storage } from '../storage/storage.ts';
import type { Unity } from '../unity/unity.ts';
import type { Monitor } from './monitor.ts';

/**
 * Refreshes run with the rights of the creator, to whom the metric tables belong: whoever loses SELECT on the table or
 * its baseline gets refreshes that fail. The service documents the owner of the assets, not this consequence.
 */
export function createCreatorRights(sources: {
  readonly storage: Pick<Storage, 'get'>;
  readonly unity: Unity;
  readonly access: Access;
}): (monitor: Monitor) => void {
  const { storage, unity, access } = sources;
  return (monitor) => {
    const principal = findPrincipal(storage, monitor.creator);
    if (principal === undefined) throw new Error(`the creator of the monitor, ${monitor.creator}, does not exist`);
    const caller = { ...principal, workspaceId: monitor.workspaceId };
    const baseline = monitor.config.baseline_table_name;
    const read = [unity.tableById(monitor.objectId), baseline === undefined ? undefined : unity.table(baseline)];
    for (const table of read) {
      // What is missing is told by the refresh itself.
      if (table !== undefined) access.require(caller, 'SELECT', tableSecurable(table));
    }
  };
}
