import type { Address } from '../../src/address.ts';
import type { Desired, DesiredResource } from '../../src/desired.ts';
import type { Discovered, Live, Observation, PresentObject } from '../../src/live.ts';
import type { Plan, PlanMode } from '../../src/plan-file.ts';
import type { Approval } from '../../src/plan/approval.ts';
import { plan } from '../../src/plan/plan.ts';
import type { OrphanFate } from '../../src/plan/plan-input.ts';
import type { Scope } from '../../src/plan/narrow.ts';
import type { Consent } from '../../src/plan/requirements.ts';
import { nothingRecorded, type OpenIntent, type Recorded, type RecordedResource } from '../../src/recorded.ts';
import type { Environment } from '../../src/reference/template.ts';
import type { Spec } from '../../src/spec.ts';
import type { MetricColumns } from '../../src/views/branch.ts';

/** A world of plain values for the planner's tests. */
export interface World {
  readonly desired?: readonly DesiredResource[];
  readonly recorded?: Readonly<Record<Address, RecordedResource>>;
  readonly live?: Readonly<Record<Address, Observation>>;
  readonly previous?: Readonly<Record<Address, Observation>>;
  readonly discovered?: Partial<Discovered>;
  readonly orphans?: OrphanFate;
  readonly more?: Partial<Desired>;
  readonly mode?: PlanMode;
  readonly replace?: ReadonlySet<Address>;
  readonly consent?: Consent;
  readonly scope?: Scope;
  readonly approval?: Approval;
  readonly purgeMetrics?: boolean;
  readonly intents?: readonly OpenIntent[];
  readonly environment?: Environment;
  readonly metricColumns?: MetricColumns;
  readonly readinessOnly?: boolean;
}

export const schema: Address = 'schema:prod.out';
export const monitor: Address = 'monitor:prod.ml.churn';
export const ours = { owner: 'dpo/test', lineage: 'L1' } as const;

const target = { name: 'test', host: 'local', workspaceId: '1', metastoreId: 'm' };

/** An address that the world says nothing about is absent. */
export function planOf(world: World): Plan {
  const { intents = [] } = world;
  const resources = new Map(Object.entries(world.recorded ?? {}) as [Address, RecordedResource][]);
  const recorded: Recorded =
    world.recorded === undefined
      ? nothingRecorded
      : { lineage: 'L1', serial: 4, owner: 'dpo/test', target, resources, intents, unfinished: false };
  const desired: Desired = {
    owner: { project: 'dpo', target: 'test' },
    target,
    resources: world.desired ?? [],
    skipped: [],
    undecided: [],
    problems: [],
    ...world.more,
  };
  const addresses = [...desired.resources.map((resource) => resource.address), ...resources.keys()].concat(
    intents.map(({ address }) => address),
  );
  const live: Live = new Map(addresses.map((address) => [address, world.live?.[address] ?? absent(address)]));
  const previous: Live = new Map(Object.entries(world.previous ?? {}) as [Address, Observation][]);
  return plan({
    desired,
    recorded,
    live,
    previous,
    ...(world.metricColumns === undefined ? {} : { metricColumns: world.metricColumns }),
    ...(world.discovered === undefined ? {} : { discovered: { found: [], failed: [], ...world.discovered } }),
    options: {
      ...(world.orphans === undefined ? {} : { orphans: world.orphans }),
      mode: world.mode ?? 'apply',
      version: '0.0.0',
      consent: world.consent ?? {},
      scope: world.scope ?? {},
      replace: world.replace ?? new Set(),
      ...(world.approval === undefined ? {} : { approval: world.approval }),
      purgeMetrics: world.purgeMetrics ?? false,
      readinessOnly: world.readinessOnly ?? false,
      ...(world.environment === undefined ? {} : { environment: world.environment }),
    },
  });
}

export function absent(address: Address): Observation {
  return { status: 'absent', lookup: { by: 'name', address, name: address } };
}

export function unreadable(address: Address): Observation {
  const problem = { code: 'API.FORBIDDEN', severity: 'error' as const, message: 'no SELECT' };
  return { status: 'unreadable', lookup: { by: 'name', address, name: address }, problem };
}

export function wantedSchema(): DesiredResource {
  return {
    address: schema,
    spec: { name: 'prod.out' },
    place: { file: 'dpo.yaml', start: { line: 5, column: 3 } },
    origins: {},
  };
}

export function wantedMonitor(spec: Spec = {}, address: Address = monitor): DesiredResource {
  return {
    address,
    spec: {
      object_id: 'table-1',
      profile_type: 'SNAPSHOT',
      output_schema_id: { $ref: schema, path: 'schema_id' },
      assets_dir: '/Workspace/Shared/DPO/dpo/test/monitors/prod.ml.churn',
      ...spec,
    },
    place: { file: 'dpo.yaml', start: { line: 9, column: 3 } },
    origins: { slicing_exprs: { file: 'dpo.yaml', start: { line: 11, column: 5 } } },
  };
}

export function liveSchema(marker?: { readonly owner: string; readonly lineage?: string }, id = 's-1'): Observation {
  return {
    status: 'present',
    lookup: { by: 'name', address: schema, name: 'prod.out' },
    id,
    fields: { name: 'prod.out' },
    out: { schema_id: id },
    ...(marker === undefined ? {} : { marker }),
  };
}

const sent: Spec = {
  object_id: 'table-1',
  profile_type: 'SNAPSHOT',
  output_schema_id: 's-1',
  assets_dir: '/Workspace/Shared/DPO/dpo/test/monitors/prod.ml.churn',
};

export function liveMonitor(
  spec: Spec = {},
  marker: { readonly owner: string; readonly lineage?: string } | null = { owner: 'dpo/test' },
): Observation {
  return {
    status: 'present',
    lookup: { by: 'id', address: monitor, id: 'table-1' },
    id: 'table-1',
    fields: { ...sent, ...spec },
    out: { profile_metrics_table_name: 'prod.out.churn_profile_metrics' },
    ...(marker === null ? {} : { marker }),
  };
}

export function recordedSchema(id = 's-1'): RecordedResource {
  return { version: 1, id, status: 'ok', applied: { name: 'prod.out' }, out: { schema_id: id }, needs: [] };
}

export function recordedMonitor(spec: Spec = {}, more: Partial<RecordedResource> = {}): RecordedResource {
  return { version: 1, id: 'table-1', status: 'ok', applied: { ...sent, ...spec }, out: {}, needs: [schema], ...more };
}

/** `action address (reasons)` for every op, and the other lists in short. */
export function storyOf(plan: Plan): readonly string[] {
  return [
    ...plan.ops.map((op) => `${op.action} ${op.address} (${op.reasons.join(', ')})`),
    ...plan.drift.map((drift) => `drift ${drift.address} ${drift.fate}`),
    ...plan.blocked.map((entry) => `blocked ${entry.address} ${entry.code}`),
    ...plan.orphans.map((orphan) => `orphan ${orphan.address} ${orphan.fate}`),
    ...plan.used.map((address) => `used ${address}`),
    ...plan.skipped.map((entry) => `skipped ${entry.address} ${entry.code}`),
    ...plan.problems.map((problem) => `${problem.severity} ${problem.code}`),
  ];
}

/** Something with our marker that only a search finds. A schema is empty, and a monitor writes into `prod.out`. */
export function presentOrphan(address: Address, id: string, lineage?: string): PresentObject {
  const name = address.slice(address.indexOf(':') + 1);
  const isSchema = address.startsWith('schema:');
  return {
    status: 'present',
    lookup: isSchema ? { by: 'name', address, name } : { by: 'id', address, id },
    id,
    fields: isSchema ? { name } : { ...sent, object_id: id },
    out: isSchema ? { schema_id: id, tables: 0 } : { profile_metrics_table_name: `prod.out.${name}_profile_metrics` },
    marker: { owner: 'dpo/test', ...(lineage === undefined ? {} : { lineage }) },
  };
}
