import { changeGrants } from '../../src/access/grants.ts';
import { createAccess } from '../../src/access/create-access.ts';
import type { Behaviour } from '../../src/behaviour/behaviour.ts';
import { shippedBehaviours } from '../../src/behaviour/shipped-behaviours.ts';
import { addPrincipal } from '../../src/principals/add-principal.ts';
import type { Caller } from '../../src/principals/caller.ts';
import { createStatementEngine } from '../../src/sql/create-statement-engine.ts';
import type { StatementEngine, StatementRequest, StatementResult } from '../../src/sql/statement-engine.ts';
import { SqlError } from '../../src/sql/statement-engine.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { createUnity } from '../../src/unity/create-unity.ts';
import type { Unity } from '../../src/unity/unity.ts';

export interface Workspace {
  readonly storage: Storage;
  readonly unity: Unity;
  readonly engine: StatementEngine;
  /** Administers the metastore and owns its catalogs. */
  readonly admin: Caller;
  /** Runs a statement as `ana@example.com` with the defaults `main.ml`. */
  run(statement: string, request?: Partial<StatementRequest>): Promise<StatementResult>;
  rows(statement: string, request?: Partial<StatementRequest>): Promise<StatementResult['rows']>;
  /** `CLASS sqlstate`, or the empty text when the statement succeeds. */
  fault(statement: string, request?: Partial<StatementRequest>): Promise<string>;
}

export const now = '2026-01-02T03:04:05.000Z';

/**
 * An empty workspace with the catalogs main, prod and the schemas main.ml, main.default, prod.ml, where Ana may do everything.
 * Besides her there are Bo and the group `strangers`.
 */
export async function openWorkspace(behaviour: Partial<Behaviour> = {}): Promise<Workspace> {
  const storage = await openStorage(':memory:');
  const clock = () => new Date(now);
  let count = 0;
  const uuid = () => `00000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`;
  const unity = createUnity({ storage, clock, ids: { uuid } as never, metastoreId: 'm' });
  for (const userName of ['ana@example.com', 'bo@example.com']) await addPrincipal(storage, '1', { userName });
  await addPrincipal(storage, '1', { userName: 'cy@example.com', groups: ['users', 'strangers'] });
  await storage.transaction(async (transaction) => {
    for (const catalog of ['main', 'prod']) await unity.createCatalog(transaction, { name: catalog, owner: 'admin' });
    for (const name of ['main', 'prod']) {
      const change = { principal: 'ana@example.com', add: ['ALL_PRIVILEGES', 'MANAGE'] as const, remove: [] };
      await changeGrants(transaction, { type: 'catalog', name }, [change]);
    }
    for (const [catalog, name] of [
      ['main', 'ml'],
      ['main', 'default'],
      ['prod', 'ml'],
    ] as const) {
      await unity.createSchema(transaction, { catalog, name, owner: 'admin' });
    }
  });
  const engine = createStatementEngine({
    storage,
    unity,
    access: createAccess(storage),
    behaviour: { ...shippedBehaviours.documented, ...behaviour },
    ids: { uuid },
    clock,
  });
  const run = async (statement: string, request: Partial<StatementRequest> = {}) =>
    engine.execute({ statement, catalog: 'main', schema: 'ml', caller: callerNamed('ana@example.com'), ...request });
  return {
    storage,
    unity,
    engine,
    admin: callerNamed('admin', { admin: true, metastoreAdmin: true }),
    run,
    rows: async (statement, request) => (await run(statement, request)).rows,
    fault: async (statement, request) => {
      try {
        await run(statement, request);
        return '';
      } catch (fault) {
        if (fault instanceof SqlError) return `${fault.errorClass} ${fault.sqlState}`;
        throw fault;
      }
    },
  };
}

/** A user of the group `users` who administers nothing. */
export function callerNamed(userName: string, more: Partial<Caller> = {}): Caller {
  return {
    id: '7',
    kind: 'user',
    userName,
    displayName: userName,
    groups: ['users'],
    admin: false,
    metastoreAdmin: false,
    workspaceId: '1',
    ...more,
  };
}
