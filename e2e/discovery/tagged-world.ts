import { join } from 'node:path';
import { expect } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';
import { callsOf } from '../support/workspace-calls.ts';
import type { Ran } from '../support/run-dpo.ts';

/** A small world with tables that carry tags, in two catalogs. */
export interface TaggedWorld extends SmallWorld {
  /** Runs a statement beside dpo. */
  sql(text: string): Promise<void>;
  /** Method and path of every request since the last call, ids left out, equal ones counted. */
  requests(): readonly string[];
}

const one = 'sql: "SELECT 1 AS id, \'eu\' AS region"';
const tagged = (tags: string): string => `{ ${one}, tags: { monitor_enabled: "true", ${tags} } }`;

const seed = `
catalogs:
  prod:
    schemas:
      ml:
        tables:
          tagged: ${tagged('monitor_group: ml_team, owner: ana, team: core')}
          important: ${tagged('monitor_priority: "1", monitor_slicing_exprs: region')}
          faulty: ${tagged('monitor_profile_type: snapshot')}
          foreign_one: { ${one}, type: FOREIGN, tags: { monitor_enabled: "true" } }
          wrong_value: { ${one}, tags: { monitor_enabled: "True" } }
      empty: {}
      inherited:
        tags: { monitor_enabled: "true", monitor_group: heirs }
        tables:
          heir: { ${one} }
          opted_out: { ${one}, tags: { monitor_enabled: "false" } }
      tmp_work:
        tables: { scratch: ${tagged('x: "1"')} }
  sales:
    schemas:
      shop:
        tables:
          carts: ${tagged('y: "1"')}
`;

export async function createTaggedWorld(): Promise<TaggedWorld> {
  const world = await createSmallWorld();
  await world.write('tagged.yaml', seed);
  await world.workspace.seed(join(world.home, 'tagged.yaml'));
  world.workspace.clearRequests();
  const { call } = callsOf(world);
  return {
    ...world,
    sql: async (statement) => {
      const body = { statement, warehouse_id: world.workspace.warehouseId };
      const answer = await call('POST', '/api/2.0/sql/statements', body);
      expect(answer.body['status']).toMatchObject({ state: 'SUCCEEDED' });
      world.workspace.clearRequests();
    },
    requests: () => {
      const counts = new Map<string, number>();
      for (const { method, path } of world.workspace.requests()) {
        const steady = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gu, '{id}').replace(/(\/tables\/)prod\..*/u, '$1{name}');
        const name = `${method} ${steady}`;
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      world.workspace.clearRequests();
      return [...counts].map(([name, count]) => `${String(count)} ${name}`).toSorted();
    },
  };
}

interface PlanDocument {
  readonly ops: readonly {
    readonly address: string;
    readonly action: string;
    readonly from?: unknown;
    readonly spec?: Record<string, unknown>;
  }[];
  readonly skipped: readonly { readonly address: string; readonly code: string; readonly reason: string }[];
  readonly blocked: readonly { readonly address: string; readonly code: string }[];
  readonly problems: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
  readonly scope: { readonly complete: boolean };
  readonly unchanged: number;
}

/** The plan document of a command with --json. */
export function planIn(ran: Ran): PlanDocument {
  const { plan } = JSON.parse(ran.stdout) as { plan?: PlanDocument };
  if (plan === undefined) throw new Error(ran.stdout + ran.stderr);
  return plan;
}

/** `action table` of every operation on a monitor. */
export function monitorsIn(ran: Ran): readonly string[] {
  return planIn(ran)
    .ops.filter(({ address }) => address.startsWith('monitor:'))
    .map(({ action, address }) => `${action} ${address.slice('monitor:'.length)}`)
    .toSorted();
}
