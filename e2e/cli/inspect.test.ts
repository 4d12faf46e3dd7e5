import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTaggedWorld, type TaggedWorld } from '../discovery/tagged-world.ts';
import type { Ran } from '../support/run-dpo.ts';
import { callsOf } from '../support/workspace-calls.ts';

const config = `catalog_name: prod
project: shop
mode: bulk_provision_only
targets: { local: { workspace: local } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out, schedule: null }
include_tagged_tables: true
discovery: { exclude_schemas: [tmp_*] }
monitored_tables:
  prod.ml.orders:
    labels: { tier: 1 }
    slicing_exprs: [region]
`;

interface Field {
  readonly path: string;
  readonly verdict: string;
  readonly desired?: unknown;
  readonly live?: unknown;
  readonly recorded?: unknown;
  readonly from?: unknown;
}

function inspectionIn(ran: Ran): Record<string, unknown> & { readonly fields: readonly Field[] } {
  const { inspection } = JSON.parse(ran.stdout) as {
    inspection?: Record<string, unknown> & { fields: readonly Field[] };
  };
  if (inspection === undefined) throw new Error(ran.stdout + ran.stderr);
  return inspection;
}

function fieldOf(ran: Ran, path: string): Field | undefined {
  return inspectionIn(ran).fields.find((field) => field.path === path);
}

/** One world for all: these commands write nothing, and the tests go in the order of a life. */
describe('what inspect, list and graph show of a live workspace', () => {
  let world: TaggedWorld;
  beforeAll(async () => {
    world = await createTaggedWorld();
    await world.write('dpo.yaml', config);
    const applied = await world.dpo('apply', '--auto-approve');
    expect(applied.code).toBe(0);
    await world.sql('CREATE TABLE prod.ml.keyed (a INT NOT NULL, b STRING, CONSTRAINT k PRIMARY KEY (a))');
    // A stranger changes one setting, and one table is taken out of the config.
    const { call, idOf } = callsOf(world);
    const id = await idOf('orders');
    const answer = await call(
      'PATCH',
      `/api/data-quality/v1/monitors/table/${id}?update_mask=data_profiling_config.slicing_exprs`,
      {
        object_type: 'table',
        object_id: id,
        data_profiling_config: { slicing_exprs: ['region', 'id > 0'] },
      },
    );
    expect(answer.status).toBe(200);
    world.workspace.clearRequests();
  }, 120_000);
  afterAll(async () => world.close());

  test('inspect shows the three sides of one table, reads no other monitor, and writes nothing', async () => {
    const before = await world.stateFiles();
    world.workspace.clearRequests();
    const ran = await world.dpo('inspect', 'orders', '--json');
    expect(ran.code).toBe(0);
    const asked = world.requests();
    expect(asked).toEqual([
      '1 GET /api/2.0/preview/scim/v2/Me',
      '1 GET /api/2.1/unity-catalog/current-metastore-assignment',
      '1 GET /api/2.1/unity-catalog/schemas/prod.out',
      '1 GET /api/2.1/unity-catalog/tables/{name}',
      '1 GET /api/data-quality/v1/monitors/table/{id}',
      // The tables of the schema in use, and a page of the output schema.
      '2 GET /api/2.1/unity-catalog/tables',
      '3 POST /api/2.0/sql/statements',
    ]);
    expect(await world.stateFiles()).toEqual(before);
    expect(fieldOf(ran, 'slicing_exprs')).toMatchObject({
      desired: ['region'],
      live: ['region', 'id > 0'],
      recorded: ['region'],
      verdict: 'drift',
      from: { file: 'dpo.yaml', start: { line: 11, column: 20 } },
    });
    expect(inspectionIn(ran)).toMatchObject({
      status: 'monitored',
      next: { action: 'update', reasons: ['drift'] },
      drift: { fate: 'reverted', paths: ['slicing_exprs'] },
      live: { status: 'present', owner: 'shop/local' },
      table: {
        how: 'listed',
        labels: { tier: '1' },
        metric_tables: {
          profile: 'prod.out.orders_profile_metrics',
          drift: 'prod.out.orders_drift_metrics',
        },
        primary_key: { columns: ['id'], known_by: 'name' },
      },
    });
  }, 60_000);

  test('U145 C09 the text says what the JSON says; a value of a tag names the tag', async () => {
    const text = await world.dpo('inspect', 'prod.ml.tagged');
    const json = inspectionIn(await world.dpo('inspect', 'monitor:prod.ml.tagged', '--json'));
    const { table } = json as unknown as {
      table: { settings: readonly { key: string; from: { tag?: string } }[] };
    };
    for (const { key, from } of table.settings) {
      const line = text.stdout.split('\n').find((each) => each.trim().startsWith(`${key} `)) ?? '';
      expect({ key, line }).toEqual({
        key,
        line: expect.stringContaining(from.tag ?? ''),
      });
    }
    expect(text.stdout).toContain('tag prod.ml.tagged#monitor_group');
  }, 60_000);

  test('inspect knows what is skipped, what is in the workspace only, and names what is close to what is nowhere', async () => {
    const skipped = await world.dpo('inspect', 'prod.ml.faulty');
    expect(skipped.code).toBe(1);
    expect(skipped.stdout).toContain('monitor:prod.ml.faulty  skipped');
    expect(skipped.stdout).toContain('CATALOG.TAG_VALUE');
    const stray = inspectionIn(await world.dpo('inspect', 'prod.ml.keyed', '--json'));
    expect(stray).toMatchObject({
      status: 'unmanaged',
      live: { status: 'absent' },
      table: {
        primary_key: { columns: ['a'], known_by: 'constraint' },
        settings: [],
      },
    });
    const nowhere = await world.dpo('inspect', 'prod.ml.ordres');
    expect(nowhere).toMatchObject({ code: 1, stdout: '' });
    expect(nowhere.stderr).toContain("did you mean 'monitor:prod.ml.orders'?");
  }, 60_000);

  test('C12 W002 list tables has every table with its reason and reads no monitor; --select narrows it', async () => {
    world.workspace.clearRequests();
    const all = await world.dpo('list', 'tables', '--json');
    expect(world.requests().filter((line) => line.includes('/monitors/'))).toEqual([]);
    const rows = (ran: Ran): readonly string[] =>
      (
        JSON.parse(ran.stdout) as {
          table_list: { table: string; status: string }[];
        }
      ).table_list.map(({ table, status }) => `${table} ${status}`);
    expect(rows(all)).toEqual([
      'prod.ml.faulty skipped',
      'prod.ml.foreign_one skipped',
      'prod.ml.important monitored',
      'prod.ml.orders monitored',
      'prod.ml.tagged monitored',
    ]);
    expect(rows(await world.dpo('list', 'tables', '--json', '--select', 'label:tier=1 | owner:ana'))).toEqual([
      'prod.ml.orders monitored',
      'prod.ml.tagged monitored',
    ]);
    const refused = await world.dpo('list', 'tables', '--select', 'action:create');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('SELECT.KEY');
  }, 60_000);

  test('list resources finds what carries our marker when the state is lost', async () => {
    await world.write(
      'less.yaml',
      config.replace('include_tagged_tables: true\ndiscovery: { exclude_schemas: [tmp_*] }\n', ''),
    );
    const ran = await world.dpo('list', 'resources', '--json', '--config', 'less.yaml', '--state', 'lost.json');
    expect(ran.code).toBe(0);
    const { resource_list: rows } = JSON.parse(ran.stdout) as {
      resource_list: Record<string, unknown>[];
    };
    expect(rows).toMatchObject([
      {
        address: 'monitor:prod.ml.important',
        wanted: false,
        in_state: false,
        marked: true,
      },
      {
        address: 'monitor:prod.ml.orders',
        wanted: true,
        in_state: false,
        live: 'present',
      },
      {
        address: 'monitor:prod.ml.tagged',
        wanted: false,
        in_state: false,
        marked: true,
      },
      {
        address: 'schema:prod.out',
        wanted: true,
        in_state: false,
        live: 'present',
      },
    ]);
    const removed = inspectionIn(await world.dpo('inspect', 'prod.ml.tagged', '--json', '--config', 'less.yaml'));
    expect(removed).toMatchObject({
      status: 'removed',
      next: { action: 'delete' },
    });
  }, 60_000);

  test('graph writes Mermaid and dot, with what a selection needs', async () => {
    const mermaid = await world.dpo('graph', '--format', 'mermaid', '--select', 'group:ml_team');
    expect(mermaid).toMatchObject({ code: 0, stderr: '' });
    expect(mermaid.stdout).toBe(
      'flowchart LR\n  n0["schema<br/>prod.out"]\n  n1["monitor<br/>prod.ml.tagged"]\n  n1 -->|exists| n0\n',
    );
  }, 60_000);
});
