import {
  addressOf,
  type Address,
  type CatalogFindings,
  type Desired,
  type DesiredResource,
  type Owner,
  type Place,
  type Problem,
  type Skip,
  type TargetIdentity,
} from '@dpo/core';
import { conceal, type LoadedConfig } from '@dpo/config';
import { keepByReference } from './by-reference.ts';
import { unscheduled, type Development } from './development.ts';
import { desireMonitor, type MonitorDesire } from './monitor-spec.ts';

export interface DesireRequest {
  readonly loaded: LoadedConfig;
  /** A finding for each table and each baseline that `tablesToRead` names. */
  readonly findings: CatalogFindings;
  readonly owner: Owner;
  readonly target: TargetIdentity;
  readonly warehouseId: string | undefined;
  /** Of a development target. */
  readonly development?: Development;
}

/** Keys of `monitored_tables` that are to be monitored, in the order of the file. */
function monitoredKeys(loaded: LoadedConfig): readonly string[] {
  return Object.entries(loaded.config.monitored_tables)
    .filter(([, entry]) => entry.enabled !== false)
    .map(([key]) => key);
}

/** Full names, in lower case, of every table that `desire` needs a finding of. */
export function tablesToRead(loaded: LoadedConfig): readonly string[] {
  const keys = monitoredKeys(loaded);
  const baselines = keys
    .map((key) => loaded.config.monitored_tables[key]?.baseline_table_name)
    .filter((name) => name !== undefined);
  return [...new Set([...keys, ...baselines].map((name) => name.toLowerCase()))];
}

/**
 * The wanted world from config and catalog. A listed table that is faulty is an error, or a skip where
 * `on_invalid_table: skip` says so (C12); what is managed of it stays as it is either way.
 */
export function desire(request: DesireRequest): Desired {
  const { loaded, findings } = request;
  const resources: DesiredResource[] = [];
  const schemas = new Map<string, Place>();
  // What a file leaves open is settled here: by a tag, or with an error of its own.
  const problems = loaded.problems.filter((problem) => problem.code !== 'CONFIG.INCOMPLETE');
  const skipped: Skip[] = [];
  const undecided: { address: Address; problem: Problem }[] = [];
  const outputs = metricTables();
  const kept = keepByReference(loaded);
  let withoutSchedule = 0;
  const refuse = (address: Address, found: readonly Problem[]): void => {
    const first = found.find((problem) => problem.severity === 'error');
    if (first === undefined) return;
    if (loaded.config.on_invalid_table === 'skip') {
      const place = first.place === undefined ? {} : { place: first.place };
      skipped.push({ address, code: first.code, reason: first.message, ...place });
      problems.push(...found.filter((problem) => problem.severity !== 'error'));
      return;
    }
    problems.push(...found.map((problem) => ({ ...problem, address })));
    undecided.push({ address, problem: first });
  };

  for (const key of monitoredKeys(loaded)) {
    const address = addressOf('monitor', key);
    const finding = findings.get(key.toLowerCase());
    if (finding === undefined) throw new TypeError(`no finding of ${key}`);
    if (finding.status === 'unreadable') {
      undecided.push({ address, problem: finding.problem });
    } else if (finding.status === 'absent') {
      refuse(address, [tableNotFound(key, loaded.keyPlaceOf(['monitored_tables', key]))]);
    } else {
      const wish = desireMonitor({ ...request, key, table: finding.table });
      const found = [...wish.problems, ...checkBaseline(wish, findings), ...outputs.check(key, wish)];
      if (wish.resource === undefined || found.some((problem) => problem.severity === 'error')) {
        refuse(address, found);
        continue;
      }
      problems.push(...found);
      resources.push(kept(wish.resource));
      if (wish.unscheduled) withoutSchedule += 1;
      if (!schemas.has(wish.outputSchema.name)) schemas.set(wish.outputSchema.name, wish.outputSchema.place);
    }
  }
  for (const [name, place] of schemas)
    resources.push({ address: addressOf('schema', name), spec: { name }, place, origins: {} });
  const told = (problem: Problem): Problem => conceal(problem, loaded.references);
  return {
    owner: request.owner,
    target: request.target,
    resources,
    skipped: skipped.map((skip) => ({ ...skip, reason: told(reasonOf(skip)).message })),
    undecided: undecided.map(({ address, problem }) => ({ address, problem: told(problem) })),
    problems: [...problems.map(told), ...unscheduled(loaded, withoutSchedule)],
  };
}

function reasonOf({ code, reason }: Skip): Problem {
  return { code, severity: 'note', message: reason };
}

/** Finds monitors whose metric tables would be the same: they are named by the last part of the table's name (W024). */
function metricTables(): { check(key: string, wish: MonitorDesire): readonly Problem[] } {
  const taken = new Map<string, string>();
  return {
    check: (key, { outputSchema }) => {
      const leaf = key.slice(key.lastIndexOf('.') + 1).toLowerCase();
      const name = `${outputSchema.name}.${leaf}`;
      const other = taken.get(name);
      if (other === undefined) {
        taken.set(name, key);
        return [];
      }
      return [
        {
          code: 'CATALOG.OUTPUT_COLLISION',
          severity: 'error',
          message: `'${key}' and '${other}' would write into the same metric tables, ${name}_profile_metrics`,
          hint: `give one of them another output_schema_name, for example ${leaf}_monitoring`,
          place: outputSchema.place,
        },
      ];
    },
  };
}

function tableNotFound(key: string, place: Place): Problem {
  return {
    code: 'CATALOG.TABLE_NOT_FOUND',
    severity: 'error',
    message: `table '${key}' does not exist, or this identity may not see it`,
    hint: 'check the name, or grant BROWSE or SELECT on it; enabled: false takes it out of the plan',
    place,
  };
}

function checkBaseline({ baseline }: MonitorDesire, findings: CatalogFindings): readonly Problem[] {
  if (baseline === undefined || findings.get(baseline.name.toLowerCase())?.status !== 'absent') return [];
  return [
    {
      code: 'CATALOG.TABLE_NOT_FOUND',
      severity: 'error',
      message: `baseline table '${baseline.name}' does not exist, or this identity may not see it`,
      hint: 'check baseline_table_name, or grant SELECT on it',
      place: baseline.place,
    },
  ];
}
