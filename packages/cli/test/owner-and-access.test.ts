import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadConfig } from '@dpo/config';
import { isDpoError, type ApplyResult, type Plan, type PlanMode, type Problem } from '@dpo/core';
import { connectionOf, createClient, createProviders, executeStatement, getWorkspaceIdentity } from '@dpo/databricks';
import { createLimit } from '@dpo/engine';
import { readBehaviour, startLocalWorkspace, type LocalWorkspace } from '@dpo/local-workspace';
import { applyPlan } from '../src/apply-plan.ts';
import { systemClock } from '../src/clock.ts';
import { planProject } from '../src/plan-project.ts';
import type { Project } from '../src/project.ts';
import { applierOf, type Session } from '../src/session.ts';
import { createClientSlot, createStateStore } from '../src/state-store.ts';

const seed = `
principals:
  ann@example.com: { groups: [data-platform], tokens: [ann-token] }
  bob@example.com: { groups: [data-platform], tokens: [bob-token] }
  dan@example.com: { groups: [managers], tokens: [dan-token] }
groups: { analysts: [dan@example.com], others: [dan@example.com] }
catalogs:
  prod:
    grants: { data-platform: [ALL PRIVILEGES, MANAGE], managers: [ALL PRIVILEGES, MANAGE] }
    schemas: { ml: { tables: { churn: { sql: "SELECT 1 AS id, 0.5 AS p" }, late: { sql: "SELECT 1 AS id" } } } }
`;

const base = `catalog_name: prod
project: shop
owner: data-platform
targets: { local: { workspace: local } }
alerting: { default_notifications: [] }
wait_poll_interval: 1
monitored_tables: { prod.ml.churn: { profile_type: SNAPSHOT, monitor_group: ml, department: sales } }
`;
const view = 'prod.global_monitoring.unified_profile_metrics_ml';
const permissions = `/api/2.1/unity-catalog/permissions/table/${view}`;
const metrics = '/api/2.1/unity-catalog/permissions/table/prod.monitoring_results.churn_profile_metrics';
const monitor = 'monitor:prod.ml.churn';
const never = new AbortController().signal;

/** What a plan does, an operation a line. */
const told = (plan: Plan): readonly string[] => plan.ops.map(({ action, address }) => `${action} ${address}`);

describe('owner and access', () => {
  let home: string;
  let workspace: LocalWorkspace;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'dpo-access-'));
    workspace = await startLocalWorkspace({
      directory: ':memory:',
      firstRefresh: 'automatic',
      lifecycle: { activeAfterMs: 0, deleteDelayMs: 0 },
      behaviour: await readBehaviour(process.env['DPO_LOCAL_BEHAVIOUR'] ?? 'documented'),
    });
    await writeFile(join(home, 'seed.yaml'), seed);
    await workspace.seed(join(home, 'seed.yaml'));
  }, 60_000);
  afterAll(async () => {
    await workspace.close();
    await rm(home, { recursive: true });
  });

  const clientOf = (user: string) =>
    createClient({
      connection: connectionOf({
        host: workspace.url,
        hostSource: 'test',
        token: `${user}-token`,
        tokenSource: 'test',
      }),
      clock: systemClock,
      random: () => 0,
      userAgent: 'dpo/0.1.0 access',
    });

  /** A plan of somebody, and what he makes of it. */
  async function as<T>(user: string, text: string, work: (by: By) => Promise<T>): Promise<T> {
    const loaded = loadConfig({ file: 'dpo.yaml', text, target: 'local', environment: {}, today: '2027-01-01' });
    const client = clientOf(user);
    try {
      const identity = await getWorkspaceIdentity(client);
      const reads = createLimit(8);
      const { warehouseId } = workspace;
      const applier = applierOf(client, identity);
      const session: Session = {
        client,
        providers: createProviders({ client, warehouseId, me: applier }),
        target: {
          name: 'local',
          host: 'embedded workspace',
          workspaceId: identity.workspaceId,
          metastoreId: identity.metastoreId,
        },
        userName: identity.userName,
        applier,
        warehouseId,
        reads,
        sent: () => ({ requests: 0, statements: 0, warehouse: 'none' }),
        context: (signal) => ({ limit: reads, signal, clock: systemClock }),
        close: async () => {},
      };
      const store = createStateStore({
        place: { backend: 'local', path: join(home, 'state.json') },
        slot: createClientSlot(),
        directory: process.cwd(),
        environment: {},
        version: '0.0.0',
        localFile: join(home, 'state.json'),
        command: (words) => words,
      });
      const project: Project = {
        loaded,
        name: 'shop',
        local: true,
        store,
        owner: { project: 'shop', target: 'local' },
      };
      const shared = { project, session, emit: () => {} };
      return await work({
        plan: async (mode = 'apply', replace = []) =>
          planProject({
            ...shared,
            mode,
            consent: { allowReplace: true, allowDeletes: 100 },
            scope: {},
            replace: new Set(replace),
            version: '0.0.0',
            signal: never,
          }),
        apply: async (plan) =>
          applyPlan({
            ...shared,
            plan,
            parallelism: 4,
            environment: {},
            signals: { stop: never, abort: never, release: () => {} },
          }),
      });
    } finally {
      await client.close();
    }
  }

  interface By {
    plan(mode?: PlanMode, replace?: Plan['ops'][number]['address'][]): Promise<Plan>;
    apply(plan: Plan): Promise<ApplyResult>;
  }

  const planned = (user: string, text: string): Promise<Plan> => as(user, text, (by) => by.plan());
  const applied = (user: string, text: string): Promise<ApplyResult> =>
    as(user, text, async (by) => by.apply(await by.plan()));
  const refusal = async (user: string, text: string): Promise<readonly Problem[]> =>
    applied(user, text).then(
      () => [],
      (error: unknown) => {
        if (!isDpoError(error)) throw error;
        return error.problems;
      },
    );
  const writes = (): number =>
    workspace.requests().filter(({ method, path }) => method !== 'GET' && !path.includes('/sql/statements')).length;
  const ann = async (method: 'GET' | 'PATCH', path: string, body?: object): Promise<unknown> => {
    const client = clientOf('ann');
    const answer = await client.send({ method, path, ...(body === undefined ? {} : { body: { ...body } }) });
    await client.close();
    return answer.body;
  };
  const grants = async (path = permissions): Promise<readonly string[]> => {
    const body = (await ann('GET', path)) as {
      privilege_assignments?: { principal: string; privileges: string[] }[];
    };
    return (body.privilege_assignments ?? []).map(({ principal }) => principal).toSorted();
  };
  const change = async (principal: string, what: 'add' | 'remove', path = permissions): Promise<void> => {
    await ann('PATCH', path, { changes: [{ principal, [what]: ['SELECT'] }] });
  };

  /** W004 whoever is not in the group is told so before the first write. */
  const strangersAreTold = async (): Promise<void> => {
    workspace.clearRequests();
    const problems = await refusal('dan', base);
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['PLAN.OWNER_NOT_OURS']));
    expect(writes()).toBe(0);
  };

  /** W004 a member goes on where another one began; who only manages sees no difference, and is refused with the statement. */
  const membersGoOn = async (): Promise<void> => {
    const { outcomes } = await applied('ann', base);
    expect(outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
    expect(told(await planned('bob', base))).toEqual([]);
    expect(told(await planned('dan', base))).toEqual([]);
    const other = base.replace('sales', 'research');
    workspace.clearRequests();
    const problems = await refusal('dan', other);
    expect(problems.map(({ code }) => code)).toContain('PLAN.NOT_OWNER');
    expect(problems[0]?.hint).toMatch(
      /ALTER VIEW `prod`\.`global_monitoring`\.`unified_\w+` OWNER TO `dan@example.com`;/u,
    );
    expect(writes()).toBe(0);
    expect((await applied('bob', other)).outcomes.map(({ status }) => status)).not.toContain('failed');
    expect(told(await planned('ann', other))).toEqual([]);
    await applied('ann', base);
  };

  /** W006 N013 access is given, survives an update, is given again after a replace, and others keep theirs. */
  const grantsAreKept = async (): Promise<void> => {
    await change('others', 'add');
    const text = `${base}access: { analysts: view, others: view, dan@example.com: run }\n`;
    expect((await planned('ann', text)).ops.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['update', 'update', 'update', 'update', 'update']),
    );
    await applied('ann', text);
    expect(await grants()).toEqual(['analysts', 'dan@example.com', 'others']);
    expect(told(await planned('bob', text))).toEqual([]);

    await applied('bob', text.replace('sales', 'research'));
    expect(await grants()).toEqual(['analysts', 'dan@example.com', 'others']);

    await change('analysts', 'remove');
    const plan = await planned('ann', text.replace('sales', 'research'));
    expect(plan.drift.map(({ address, fate }) => `${fate} ${address}`)).toEqual([`reverted view:${view}`]);
    await applied('ann', text.replace('sales', 'research'));
    expect(await grants()).toEqual(['analysts', 'dan@example.com', 'others']);

    await as('ann', text, async (by) => by.apply(await by.plan('apply', [`view:${view}`])));
    expect(await grants()).toEqual(['analysts', 'dan@example.com', 'others']);
    expect(told(await planned('ann', text))).toEqual([]);
  };

  /** W006 W008 metric tables: what is not there yet is given when it comes, and what is taken away is drift. */
  const metricTablesToo = async (): Promise<void> => {
    const text = `${base.replace('sales', 'research')}access: { analysts: view, others: view, dan@example.com: run }\n`;
    const readers = ['analysts', 'dan@example.com', 'others'];
    expect(await grants(metrics)).toEqual(readers);
    await change('analysts', 'remove', metrics);
    expect((await planned('ann', text)).drift.map(({ address, fate }) => `${fate} ${address}`)).toEqual([
      `reverted ${monitor}`,
    ]);
    await applied('ann', text);
    expect(await grants(metrics)).toEqual(readers);

    // A replace leaves the metric tables, and the grants on them.
    await as('ann', text, async (by) => by.apply(await by.plan('apply', [monitor])));
    expect(await grants(metrics)).toEqual(readers);
    expect(told(await planned('ann', text))).toEqual([]);
  };

  /** W006 W008 the tables of a monitor that was just made get it with the next apply, and nobody is asked. */
  const arrivals = async (): Promise<void> => {
    const text = `${base}access: { analysts: view }\n`.replace(
      'monitored_tables: {',
      'monitored_tables: { prod.ml.late: { profile_type: SNAPSHOT, monitor_group: ml, department: sales },',
    );
    const first = await applied('ann', text);
    expect(first.outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    const plan = await planned('ann', text);
    expect(told(plan)).toEqual([]);
    expect((plan.readiness ?? []).map(({ address, notes }) => `${address}: ${notes.join()}`)).toEqual([
      'monitor:prod.ml.late: access to its profile metrics, which are there now',
    ]);
    await as('ann', text, async (by) => by.apply(await by.plan()));
    expect(await grants(metrics.replace('churn', 'late'))).toEqual(['analysts']);
    expect((await planned('ann', text)).readiness ?? []).toEqual([]);
  };

  /** W006 without the key what dpo gave is taken away, what others gave stays, and nothing is asked any more. */
  const onlyOursGo = async (): Promise<void> => {
    await change('bob@example.com', 'add');
    await change('bob@example.com', 'add', metrics);
    await applied('ann', base);
    expect(await grants(metrics)).toEqual(['bob@example.com']);
    // The view is a new one since its replace: what stands on it was given by dpo, but for this one.
    expect(await grants()).toEqual(['bob@example.com']);
    workspace.clearRequests();
    expect(told(await planned('ann', base))).toEqual([]);
    expect(workspace.requests().filter(({ path }) => path.includes('permissions'))).toEqual([]);
  };

  /** W006 a lost state makes no grant ours. */
  const aLostState = async (): Promise<void> => {
    const text = `${base}access: { others: view }\n`;
    await change('others', 'add');
    await applied('ann', text);
    await applied('ann', base);
    expect(await grants()).toContain('others');
    await change('others', 'remove');
    await applied('ann', text);
    await rm(join(home, 'state.json'));
    await applied('ann', text);
    await applied('ann', base);
    expect(await grants()).toContain('others');
    await as('ann', base, async (by) => by.apply(await by.plan('destroy')));
    const client = clientOf('ann');
    const gone = `SELECT count(*) FROM prod.information_schema.tables WHERE table_schema = 'global_monitoring'`;
    const { rows } = await executeStatement(
      client,
      { warehouseId: workspace.warehouseId, text: gone, effect: 'read' },
      { clock: systemClock, signal: never },
    );
    expect(rows).toEqual([['0']]);
    await client.close();
  };

  test('W004 W006 N013 one life of owner and access, under several principals', async () => {
    await strangersAreTold();
    await membersGoOn();
    await grantsAreKept();
    await metricTablesToo();
    await onlyOursGo();
    await arrivals();
    await aLostState();
  }, 120_000);
});
