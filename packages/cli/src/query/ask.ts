import { nearest } from '@dpo/config';
import { DpoError, fail, groupSlug, isDpoError, kindOf, nameOf, type Address, type Desired } from '@dpo/core';
import { executeStatement, type StatementResult } from '@dpo/databricks';
import { helperQuery, type Query, type QueryName } from '@dpo/monitoring';
import { systemClock } from '../clock.ts';
import { findAddress } from '../look/find-address.ts';
import type { Project } from '../project.ts';
import type { Session } from '../session.ts';
import { listSome } from '../suggest.ts';

export interface Asked {
  readonly name: QueryName;
  /** As people wrote it, or by its slug; all of them unless given. */
  readonly group?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly level?: 'critical' | 'warning' | undefined;
  readonly limit: number;
}

export type Answer = Exclude<Query, { readonly status: 'needs' }>;

interface Group {
  readonly name: string;
  readonly slug: string;
}

/** The text of a query about the monitored tables of a project. */
export function textOf(asked: Asked, { loaded }: Project, desired: Pick<Desired, 'resources'>): Answer {
  if (loaded.config.mode === 'bulk_provision_only') {
    return fail({
      code: 'USAGE',
      message: 'there are no unified views to ask: the mode is bulk_provision_only',
      hint: 'set mode: full',
      place: loaded.placeOf(['mode']),
    });
  }
  const monitors = desired.resources.filter(({ address }) => kindOf(address) === 'monitor');
  const table = asked.table === undefined ? undefined : tableOf(asked.table, monitors);
  const groups = groupsOf(monitors);
  const chosen = asked.group === undefined ? homeOf(table, monitors, groups) : [groupNamed(asked.group, groups)];
  const query = helperQuery({ ...asked, loaded, groups: chosen, table });
  if (query.status !== 'needs') return query;
  if (query.what === 'table')
    fail({ code: 'USAGE', message: `${asked.name} needs a table`, hint: 'name one: --table' });
  return fail({
    code: 'USAGE',
    message: 'there is no alert on quality: no threshold is set',
    hint: 'set alerting.null_rate_threshold, row_count_min or distinct_count_min',
    place: loaded.placeOf(['alerting']),
  });
}

type Monitors = Desired['resources'];

function tableOf(text: string, monitors: Monitors): string {
  const known = monitors.map(({ address }): Address => address);
  const address = findAddress(text, known);
  if (known.includes(address)) return nameOf(address);
  return fail({
    code: 'SELECT.UNKNOWN',
    message: `'${text}' gets no monitor from this config`,
    hint: `monitored: ${listSome(known.map(nameOf))}`,
  });
}

function groupsOf(monitors: Monitors): readonly Group[] {
  const names = [...new Set(monitors.map(({ facts }) => facts?.group ?? 'default'))].toSorted();
  return names.map((name) => ({ name, slug: groupSlug(name) }));
}

/** A table is in one group, whose views alone have it. */
function homeOf(table: string | undefined, monitors: Monitors, groups: readonly Group[]): readonly Group[] {
  const found = monitors.find(({ address }) => nameOf(address) === table);
  const chosen = found === undefined ? groups : groups.filter(({ name }) => name === (found.facts?.group ?? 'default'));
  if (chosen.length > 0) return chosen;
  return fail({ code: 'SELECT.UNKNOWN', message: 'no table is monitored', hint: 'see: dpo list tables' });
}

function groupNamed(text: string, groups: readonly Group[]): Group {
  const found = groups.find(({ name }) => name === text) ?? groups.find(({ slug }) => slug === text.toLowerCase());
  if (found !== undefined) return found;
  const names = groups.map(({ name }) => name);
  const near = nearest(text, names);
  return fail({
    code: 'SELECT.UNKNOWN',
    message: `there is no group '${text}'`,
    hint: near === undefined ? `groups: ${listSome(names)}` : `did you mean '${near}'?`,
  });
}

/** Runs a query on the warehouse of the project. */
export async function runQuery(
  sql: string,
  { client, warehouseId }: Session,
  signal: AbortSignal,
): Promise<StatementResult> {
  if (warehouseId === undefined) {
    return fail({
      code: 'CATALOG.WAREHOUSE_NEEDED',
      message: 'a query is run on a SQL warehouse, and none is set',
      hint: "set 'warehouse_id', or export DATABRICKS_WAREHOUSE_ID; without --run the query is printed",
    });
  }
  try {
    return await executeStatement(client, { warehouseId, text: sql, effect: 'read' }, { clock: systemClock, signal });
  } catch (error) {
    const [problem] = isDpoError(error) ? error.problems : [];
    if (problem === undefined || !problem.message.includes('TABLE_OR_VIEW_NOT_FOUND')) throw error;
    throw new DpoError([{ ...problem, hint: 'the views are made by: dpo apply' }], { cause: error });
  }
}
