import { canonical, isJsonArray, isJsonObject, type Json, type JsonObject, type Recorded } from '@dpo/core';
import { tables, type Table } from './action.ts';
import type { HistoryWorld, Kept } from './history-world.ts';
import { variants, type Variant } from './variants.ts';

/** What the world should be like: kept beside the real one, and by rules of its own. */
export interface Model {
  /** What the config says about a table, by number of variant. */
  readonly config: Map<Table, number>;
  /** Monitors that are somebody else's, as they are to stay. */
  readonly foreign: Map<string, Kept>;
  /** Monitors of ours that the state need not know: it was lost, or an older one was put back. */
  readonly orphans: Set<string>;
  /** What may not be read at the moment. */
  readonly revoked: Set<string>;
  /** Text of the plan that was saved last. */
  saved: string | undefined;
  /** States that somebody kept. */
  readonly copies: ReadonlyMap<string, string>[];
  lineage: string | undefined;
  serial: number;
  /** What came about: operations by action, refusals, deaths. */
  readonly counts: Map<string, number>;
}

export function count(model: Model, what: string): void {
  model.counts.set(what, (model.counts.get(what) ?? 0) + 1);
}

export function createModel(counts: Map<string, number> = new Map()): Model {
  return {
    config: new Map(),
    foreign: new Map(),
    orphans: new Set(),
    revoked: new Set(),
    saved: undefined,
    copies: [],
    lineage: undefined,
    serial: 0,
    counts,
  };
}

export function configTextOf(model: Model): string {
  const entries = tables.flatMap((table): [string, JsonObject][] => {
    const variant = variants[model.config.get(table) ?? -1];
    return variant === undefined ? [] : [[`prod.ml.${table}`, variant.config]];
  });
  return JSON.stringify({
    catalog_name: 'prod',
    project: 'hist',
    targets: { prod: { mode: 'bulk_provision_only' } },
    profile_defaults: { profile_type: 'SNAPSHOT', output_schema_name: 'out' },
    // A config needs a table; this one asks for nothing.
    monitored_tables: { ...Object.fromEntries(entries), 'prod.ml.base': { enabled: false } },
  });
}

export function wanted(model: Model, table: Table): (Variant & { readonly expected: JsonObject }) | undefined {
  const variant = variants[model.config.get(table) ?? -1];
  return variant?.expected === undefined ? undefined : { ...variant, expected: variant.expected };
}

/** However it is spelt. */
function folderOf(path: Json | undefined): string | undefined {
  return typeof path === 'string' ? path.replace(/^\/Workspace(?=\/)/u, '').replace(/\/+$/u, '') : undefined;
}

export function isMarked({ config }: Kept): boolean {
  const folder = config['assets_dir'];
  return typeof folder === 'string' && folder.includes('/hist/prod/monitors/');
}

/** No table that the config asks for may be read: nothing can be planned. */
export function isUnreadable(model: Model): boolean {
  const asked = tables.filter((table) => wanted(model, table) !== undefined);
  // A baseline is read too, and nobody takes the right to read it.
  const reads = asked.some((table) => 'baseline_table_name' in (wanted(model, table)?.config ?? {}));
  return asked.length > 0 && !reads && asked.every((table) => model.revoked.has(`table ${table}`));
}

/** Codes of the errors that a plan is bound to hold, by what the model and the workspace say. */
export async function expectedErrors(
  model: Model,
  world: HistoryWorld,
  recorded: Recorded,
): Promise<ReadonlySet<string>> {
  const [ids, monitors] = [await world.tableIds(), await world.monitors()];
  const codes = new Set<string>();
  for (const table of tables) {
    const variant = wanted(model, table);
    if (variant === undefined || model.revoked.has(`table ${table}`)) continue;
    const id = ids.get(table);
    if (id === undefined) codes.add('CATALOG.TABLE_NOT_FOUND');
    const kept = monitors.get(id ?? '');
    if (id === undefined || kept === undefined || model.revoked.has(`monitor ${table}`)) continue;
    const entry = recorded.resources.get(`monitor:prod.ml.${table}`);
    const isKnown = entry?.status === 'ok' && entry.applied['object_id'] === id && !model.foreign.has(id);
    if (model.foreign.has(id) && JSON.stringify(kept.config['assets_dir']).includes('/monitors/'))
      codes.add('PLAN.OWNED_ELSEWHERE');
    else if (model.foreign.has(id) && variant.adopt !== true) codes.add('PLAN.FOREIGN');
    else if (!isKnown && leftOvers(variant.expected, kept.config).length > 0) codes.add('PLAN.ADOPT_DIFFERS');
  }
  return codes;
}

/** The settings that are declared, as they are kept; sets in one order. */
export function declared(expected: JsonObject, config: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(expected).map((key) => [key, sorted(config[key] ?? null)]));
}

/** Profile objects and everything that a config can unset: nothing of it may be left over. */
export function leftOvers(expected: JsonObject, config: JsonObject): readonly string[] {
  return ['snapshot', 'time_series', 'inference_log'].filter((key) => key in config && !(key in expected));
}

export function sorted(value: Json): Json {
  if (isJsonArray(value)) return value.toSorted((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, sorted(member)]));
}

/** After the state was taken away or exchanged: what it does not know is nobody's, and what has no mark is a stranger's. */
export function forgetState(model: Model, recorded: Recorded, monitors: ReadonlyMap<string, Kept>): void {
  const known = new Map([...recorded.resources.values()].map(({ id, applied }) => [id, applied['assets_dir']]));
  model.orphans.clear();
  for (const [id, kept] of monitors) {
    // Only what a state tells makes an unmarked monitor ours; another folder tells that it is another monitor.
    const isKnown = known.has(id) && folderOf(known.get(id)) === folderOf(kept.config['assets_dir']);
    if (isMarked(kept)) {
      if (!isKnown) model.orphans.add(id);
    } else if (isKnown) model.foreign.delete(id);
    else if (!model.foreign.has(id)) model.foreign.set(id, kept);
  }
  model.lineage = recorded.lineage;
  model.serial = recorded.serial;
}
