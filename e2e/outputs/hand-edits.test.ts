import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Plan } from '@dpo/core';
import { renderPlan } from '@dpo/render';
import { createEngineWorld, type EngineWorld } from '../support/engine/engine-world.ts';
import { startRun } from '../support/engine/engine-run.ts';
import { applied } from './proof-world.ts';

const seed = `
catalogs:
  prod:
    schemas:
      ml:
        tables: { churn: { sql: "SELECT id, 'eu' AS region FROM range(20) AS r(id)" } }
`;

const config = `catalog_name: prod
targets: { prod: {} }
profile_defaults: { profile_type: SNAPSHOT, schedule: null, create_builtin_dashboard: false }
alerting: { default_notifications: [data@example.com], null_rate_threshold: 0.5 }
monitored_tables: { prod.ml.churn: { monitor_group: ml } }
`;

const view = 'prod.global_monitoring.unified_profile_metrics_ml';

interface Edit {
  readonly name: string;
  /** What is wrong then. */
  readonly address: string;
  readonly make: (at: Places) => Promise<void>;
  /** What the plan says. */
  readonly says: readonly RegExp[];
  /** What has to change with it. */
  readonly follows?: readonly string[];
}

/** Ways to what dpo made, past dpo. */
interface Places {
  readonly sql: (statement: string) => Promise<void>;
  readonly alert: (method: string, mask?: string, body?: object) => Promise<void>;
  readonly dashboard: (method: string, below?: string, body?: object) => Promise<void>;
}

const edits: readonly Edit[] = [
  {
    name: 'the query of a view',
    address: `view:${view}`,
    make: ({ sql }) => sql(`ALTER VIEW ${view} AS SELECT 1 AS edited`),
    says: [/~ view .*_ml .*will be set back/u, /query/u],
  },
  {
    name: 'a view that was replaced',
    address: `view:${view}`,
    make: ({ sql }) => sql(`CREATE OR REPLACE VIEW ${view} AS SELECT 1 AS edited`),
    says: [/± view .*another object behind the same name/u, /grants on the view/u],
  },
  {
    name: 'a view that was dropped',
    address: `view:${view}`,
    make: ({ sql }) => sql(`DROP VIEW ${view}`),
    says: [/\+ view .*deleted outside dpo; will be created again/u],
  },
  ...(
    [
      [
        'the threshold of an alert',
        'evaluation',
        { evaluation: { threshold: { value: { double_value: 5 } } } },
        /threshold\S* +1 +← +5 \(live\)/u,
      ],
      [
        'the column of an alert',
        'evaluation',
        { evaluation: { source: { name: 'value' } } },
        /source\.name +level +← +value \(live\)/u,
      ],
      [
        'nobody is told',
        'evaluation',
        { evaluation: { notification: { subscriptions: [] } } },
        /recipients.*data@example\.com/u,
      ],
      [
        'somebody else is told',
        'evaluation',
        { evaluation: { notification: { subscriptions: [{ user_email: 'stranger@example.com' }] } } },
        /recipients.*\n?.*stranger@example\.com/u,
      ],
      [
        'each evaluation is told',
        'evaluation',
        { evaluation: { notification: { retrigger_seconds: 1 } } },
        /retrigger_seconds +3600 +← +1 \(live\)/u,
      ],
      [
        'an empty result counts',
        'evaluation',
        { evaluation: { empty_result_state: 'TRIGGERED' } },
        /empty_result_state +OK +← +TRIGGERED \(live\)/u,
      ],
      ['the query of an alert', 'query_text', { query_text: 'SELECT 0 AS level' }, /query +live text, to be set back/u],
      [
        'the name of an alert',
        'display_name',
        { display_name: 'mine' },
        /name +"\[DPO\] Drift Alert - prod - ml" +← +mine \(live\)/u,
      ],
      [
        'an alert that was paused',
        'schedule',
        { schedule: { pause_status: 'PAUSED' } },
        /pause_status +UNPAUSED +← +PAUSED \(live\)/u,
      ],
      [
        'when an alert runs',
        'schedule',
        { schedule: { quartz_cron_schedule: '0 0 6 * * ?' } },
        /alert_cron_schedule +0 0 \* \* \* \? +← +0 0 6 \* \* \? \(live\)/u,
      ],
      [
        'what an alert says',
        'custom_description',
        { custom_description: 'mine' },
        /description +live text, to be set back/u,
      ],
    ] as const
  ).map(([name, mask, body, line]): Edit => ({
    name,
    address: 'alert:ml/drift',
    make: ({ alert }) => alert('PATCH', mask, body),
    says: [/~ alert .*will be set back/u, line],
  })),
  {
    name: 'an alert in the trash',
    address: 'alert:ml/drift',
    make: ({ alert }) => alert('DELETE'),
    says: [/\+ alert .*deleted outside dpo; will be created again/u],
  },
  {
    name: 'what a dashboard shows',
    address: 'dashboard:ml',
    make: ({ dashboard }) => dashboard('PATCH', '', { serialized_dashboard: '{"pages":[]}' }),
    says: [/~ dashboard .*will be set back/u, /content/u, /published +true +← +false \(live\)/u],
  },
  {
    name: 'the name of a dashboard',
    address: 'dashboard:ml',
    make: ({ dashboard }) => dashboard('PATCH', '', { display_name: 'mine' }),
    says: [/name +DPO Health - ml +← +mine \(live\)/u],
  },
  {
    name: 'a dashboard that was unpublished',
    address: 'dashboard:ml',
    make: ({ dashboard }) => dashboard('DELETE', '/published'),
    says: [/published +true +← +false \(live\)/u],
  },
  {
    name: 'a dashboard with other credentials',
    address: 'dashboard:ml',
    make: ({ dashboard }) => dashboard('POST', '/published', { embed_credentials: true }),
    says: [/embed_credentials +false +← +true \(live\)/u],
  },
  {
    name: 'a draft that nobody published, the same as before',
    address: 'dashboard:ml',
    make: ({ dashboard }) => dashboard('PATCH', '', {}),
    says: [/published +true +← +false \(live\)/u],
  },
  {
    name: 'a dashboard in the trash',
    address: 'dashboard:ml',
    make: ({ dashboard }) => dashboard('DELETE'),
    // Its link is another one.
    follows: ['alert:ml/drift', 'alert:ml/quality'],
    says: [/\+ dashboard .*deleted outside dpo; will be created again/u],
  },
];

function idsOf({ address }: Edit): string {
  if (address.startsWith('view:')) return 'W003 N013';
  return address.startsWith('alert:') ? 'U102 T30' : 'N014 T25 T32';
}

describe('what was edited past dpo', () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld(seed, { firstRefresh: 'automatic' });
    await applied(world, `${config}mode: bulk_provision_only\n`);
    await world.workspace.idle();
    await applied(world, config);
  }, 60_000);
  afterAll(() => world.close());

  const checked = async (method: string, path: string, body?: object): Promise<void> => {
    const answer = await world.call(method, path, body as never);
    expect([path, answer.status, answer.body['message']]).toEqual([path, 200, undefined]);
  };
  const places: Places = {
    sql: (statement) => world.sql(statement),
    alert: async (method, mask, body) => {
      const { body: listed } = await world.call('GET', '/api/2.0/alerts');
      const alerts = listed['alerts'] as unknown as readonly Record<string, unknown>[];
      const found = alerts.find(({ display_name: name }) => String(name).startsWith('[DPO] Drift')) ?? {};
      const live = (await world.call('GET', `/api/2.0/alerts/${String(found['id'])}`)).body;
      const query = mask === undefined ? '' : `?update_mask=${mask}`;
      await checked(method, `/api/2.0/alerts/${String(found['id'])}${query}`, merged(live, body, mask));
    },
    dashboard: async (method, below = '', body) => {
      const { body: listed } = await world.call('GET', '/api/2.0/lakeview/dashboards');
      const [found] = listed['dashboards'] as unknown as readonly { readonly dashboard_id: string }[];
      const path = `/api/2.0/lakeview/dashboards/${String(found?.dashboard_id)}`;
      const { body: live } = await world.call('GET', path);
      const { display_name, warehouse_id, serialized_dashboard } = live;
      const whole = { display_name, warehouse_id, serialized_dashboard, ...body };
      await checked(method, `${path}${below}`, below === '' && method === 'PATCH' ? whole : body);
    },
  };

  const planned = async (): Promise<Plan> => {
    const end = await startRun(world, (run) => run.plan({ config }));
    if (end.status !== 'ended') throw new Error(JSON.stringify(end));
    return end.value;
  };

  test.each(edits.map((edit) => [idsOf(edit), edit.name, edit] as const))(
    '%s %s: the plan says so, the apply sets it back, and then there is nothing to do',
    async (_ids, _name, { address, make, says, follows = [] }) => {
      await make(places);
      const plan = await planned();
      const text = renderPlan(plan, { color: false, unicode: true, width: 160 });
      await applied(world, config);
      for (const line of says) expect(text).toMatch(line);
      expect(plan.ops.map((op) => op.address).toSorted()).toEqual([...follows, address].toSorted());
      expect((await planned()).ops).toEqual([]);
    },
    30_000,
  );
});

/** A member that is sent whole, with a change in it. */
function merged(live: object, change: object | undefined, mask: string | undefined): object | undefined {
  if (change === undefined || mask === undefined) return undefined;
  const deep = (a: unknown, b: unknown): unknown =>
    isRecord(a) && isRecord(b)
      ? { ...a, ...Object.fromEntries(Object.entries(b).map(([key, value]) => [key, deep(a[key], value)])) }
      : b;
  const value = deep((live as Record<string, unknown>)[mask], (change as Record<string, unknown>)[mask]);
  return { [mask]: value };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
