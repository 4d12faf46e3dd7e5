import {
  actions,
  addressOf,
  isJsonObject,
  isRef,
  planFormat,
  ref,
  type Action,
  type Change,
  type ChangeSeverity,
  type Json,
  type Op,
  type Place,
  type Plan,
  type Spec,
} from '@dpo/core';

const severities: Readonly<Record<Action, ChangeSeverity>> = {
  replace: 'destructive',
  delete: 'destructive',
  update: 'behaviour',
  create: 'safe',
  adopt: 'safe',
  absorb: 'safe',
  forget: 'safe',
};

/** An operation on a monitor, or on what `address` says. */
export function op(action: Action, table: string, more: Partial<Op> = {}): Op {
  return {
    address: addressOf('monitor', table),
    action,
    severity: severities[action],
    reasons: ['config'],
    needs: [],
    depends_on: [],
    changes: [],
    lost: [],
    notes: [],
    ...more,
  };
}

/** A create as the engine plans it: every declared leaf is a change from nothing. */
export function created(table: string, spec: Spec, more: Partial<Op> = {}): Op {
  return op('create', table, { spec, changes: leaves(spec, ''), ...more });
}

function leaves(spec: Spec, parent: string): readonly Change[] {
  return Object.entries(spec).flatMap(([key, value]): readonly Change[] => {
    const path = parent === '' ? key : `${parent}.${key}`;
    if (isJsonObject(value) && !isRef(value)) return leaves(value, path);
    return [{ path, desired: value, reason: 'config', ...(isRef(value) ? { unknown: true } : {}) }];
  });
}

export function change(label: string, recorded: Json, more: Partial<Change> = {}): Change {
  return { path: label, label, recorded, live: recorded, reason: 'config', ...more };
}

export function at(line: number, column = 5): Place {
  return { file: 'dpo.yaml', start: { line, column } };
}

/** A plan with the counts that its operations give. */
export function plan(more: Partial<Plan> = {}): Plan {
  const ops = more.ops ?? [];
  const drift = more.drift?.length ?? 0;
  const counts = Object.fromEntries(
    actions.map((action) => [action, ops.filter((each) => each.action === action).length]),
  );
  return {
    format: planFormat,
    dpo: '0.1.0',
    mode: 'apply',
    owner: 'sales/prod',
    target: {
      name: 'prod',
      host: 'https://adb-1234567890.12.azuredatabricks.net',
      workspace_id: '1',
      metastore_id: '2',
    },
    base: { lineage: '5f0c7d5e-0000-4000-8000-000000000000', serial: 41 },
    scope: { partial: false, complete: true },
    ops,
    drift: [],
    blocked: [],
    skipped: [],
    orphans: [],
    used: [],
    names: {},
    survives: [],
    problems: [],
    unchanged: 0,
    summary: { replace: 0, delete: 0, update: 0, create: 0, adopt: 0, absorb: 0, forget: 0, ...counts, drift },
    requires: [],
    applyable: ops.length > 0,
    errored: false,
    fingerprint: '7f3a91c20b1d44e8a0b1c2d3e4f5061728394a5b6c7d8e9f0011223344556677',
    digest: '0'.repeat(64),
    ...more,
  };
}

export function monitorSpec(table: string, more: Spec = {}): Spec {
  return {
    object_id: `id-of-${table}`,
    profile_type: 'SNAPSHOT',
    output_schema_id: ref(addressOf('schema', 'main.monitoring_results'), 'schema_id'),
    assets_dir: `/Shared/dpo/sales/prod/monitors/${table}`,
    slicing_exprs: [],
    ...more,
  };
}

export function tables(count: number, prefix = 'main.sales.t'): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(4, '0')}`);
}
