import type { CatalogColumn, CatalogTable, Decisions, Place, Problem, Spec, ValueCounts } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { bareColumn, findColumn, missingColumn, sliceOf } from './columns.ts';
import { columnsInExpression } from './expression-columns.ts';
import type { ProfilePart } from './monitor-columns.ts';
import type { Setting } from './setting.ts';
import type { TableSettings } from './table-settings.ts';

/** What the state remembers of one table's slices. */
export interface KnownSlices {
  readonly decisions?: Decisions | undefined;
  /** As last sent. */
  readonly applied: Spec;
}

/** One entry of `slicing_exprs`, looked up in the table. */
export type Slice =
  | { readonly kind: 'column'; readonly text: string; readonly column: CatalogColumn }
  | { readonly kind: 'missing'; readonly text: string; readonly name: string }
  | {
      readonly kind: 'expression';
      readonly text: string;
      readonly columns: readonly CatalogColumn[];
      readonly missing: readonly string[];
    };

export function slicesOf(table: CatalogTable, settings: TableSettings): readonly Slice[] {
  return (settings.texts('slicing_exprs')?.value ?? []).map((text): Slice => {
    const name = bareColumn(text);
    if (name === undefined) {
      const named = columnsInExpression(text).map((word) => ({ word, column: findColumn(table, word) }));
      const columns = named.flatMap(({ column }) => column ?? []);
      return {
        kind: 'expression',
        text,
        columns,
        missing: named.flatMap(({ word, column }) => (column ? [] : [word])),
      };
    }
    const column = findColumn(table, name);
    return column === undefined ? { kind: 'missing', text, name } : { kind: 'column', text, column };
  });
}

const usualLimit = 50;

export function sliceLimit({ config }: LoadedConfig): number {
  return config.profile_defaults?.max_slicing_cardinality ?? usualLimit;
}

/** A column of two values needs no counting. */
function isCounted({ type }: CatalogColumn): boolean {
  return type.toLowerCase() !== 'boolean';
}

/**
 * The columns of a table whose values have to be counted: those that are asked for as slices, and of which the state neither
 * knows a count nor that they were sent (ruling 40).
 */
export function columnsToCount(
  slices: readonly Slice[],
  known: KnownSlices | undefined,
  recount: boolean,
): readonly string[] {
  const sent = sentColumns(known);
  const counted = known?.decisions?.slices ?? {};
  const columns = slices.flatMap((slice) => (slice.kind === 'column' && isCounted(slice.column) ? [slice.column] : []));
  const names = columns.map(({ name }) => name);
  return [...new Set(names)].filter(
    (name) => recount || !(Object.hasOwn(counted, name.toLowerCase()) || sent.has(name.toLowerCase())),
  );
}

function sentColumns(known: KnownSlices | undefined): ReadonlySet<string> {
  const sent = known?.applied['slicing_exprs'];
  const texts = Array.isArray(sent) ? sent.filter((item) => typeof item === 'string') : [];
  return new Set(texts.flatMap((text) => bareColumn(text)?.toLowerCase() ?? []));
}

export interface SlicingRequest {
  readonly table: CatalogTable;
  readonly settings: TableSettings;
  readonly limit: number;
  readonly known: KnownSlices | undefined;
  /** What was counted for this plan; undefined: nothing could be. */
  readonly counted: ValueCounts | undefined;
}

/** The slices of a monitor and what they rest on. */
export interface SlicingPart extends Pick<ProfilePart, 'spec' | 'origins' | 'problems'> {
  readonly decisions: Decisions | undefined;
  /** Columns whose values nobody could count. */
  readonly uncounted: readonly string[];
}

/**
 * A column is sent as the catalog spells it; a missing one (U063) and one with too many values (U062) are left out; an
 * expression is the service's to judge (C05).
 */
export function slicingPart(request: SlicingRequest): SlicingPart {
  const { table, settings } = request;
  const setting = settings.texts('slicing_exprs');
  if (setting === undefined) return { spec: {}, origins: {}, problems: [], decisions: undefined, uncounted: [] };
  const part = new Slicing(request, setting);
  for (const slice of slicesOf(table, settings)) part.add(slice);
  return part.done();
}

/** The service makes slices for the most frequent values of a column only (W027). */
const mostValues = 100;

class Slicing {
  readonly #request: SlicingRequest;
  readonly #setting: Setting<readonly string[]>;
  readonly #slices = new Set<string>();
  readonly #problems: Problem[] = [];
  readonly #counts: Record<string, number> = {};
  readonly #uncounted: string[] = [];
  readonly #toCount: ReadonlySet<string>;

  constructor(request: SlicingRequest, setting: Setting<readonly string[]>) {
    this.#request = request;
    this.#setting = setting;
    this.#toCount = new Set(columnsToCount(slicesOf(request.table, request.settings), request.known, false));
  }

  add(slice: Slice): void {
    const { table } = this.#request;
    if (slice.kind === 'missing') {
      this.#problems.push(missingSlice(table, { ...this.#setting, value: slice.name }));
    } else if (slice.kind === 'expression') {
      this.#slices.add(slice.text);
      for (const name of slice.missing)
        this.#problems.push(doubtfulSlice(table, slice.text, { ...this.#setting, value: name }));
    } else this.#addColumn(slice.column);
  }

  #addColumn(column: CatalogColumn): void {
    const { table, limit } = this.#request;
    const count = isCounted(column) ? this.#countOf(column) : 2;
    if (count !== undefined && isCounted(column)) this.#counts[column.name.toLowerCase()] = count;
    if (count === undefined && this.#toCount.has(column.name)) this.#uncounted.push(column.name);
    if (count !== undefined && count > limit) {
      this.#problems.push(tooManyValues(table, { column, count, limit, place: this.#setting.place }));
      return;
    }
    this.#slices.add(sliceOf(column));
    if (count !== undefined && count > mostValues) {
      this.#problems.push(moreThanTop(table, { column, count, limit, place: this.#setting.place }));
    }
  }

  /** A new count replaces the one that is kept only if it decides otherwise. */
  #countOf({ name }: CatalogColumn): number | undefined {
    const { known, counted, table, limit } = this.#request;
    const column = name.toLowerCase();
    const slices = known?.decisions?.slices ?? {};
    const kept = Object.hasOwn(slices, column) ? slices[column] : undefined;
    const fresh = counted?.counts.get(table.fullName.toLowerCase())?.get(column);
    if (kept === undefined || fresh === undefined) return fresh ?? kept;
    return fresh > limit === kept > limit ? kept : fresh;
  }

  done(): SlicingPart {
    const slices = [...this.#slices];
    const columns = Object.keys(this.#counts);
    return {
      spec: slices.length === 0 ? {} : { slicing_exprs: slices },
      origins: slices.length === 0 ? {} : { slicing_exprs: this.#setting.place },
      problems: this.#problems,
      decisions: columns.length === 0 ? undefined : { slices: this.#counts },
      uncounted: this.#uncounted,
    };
  }
}

function missingSlice(table: CatalogTable, setting: Setting<string>): Problem {
  return { ...missingColumn(table, setting), severity: 'warning', hint: 'the profile is made without this slice' };
}

function doubtfulSlice(table: CatalogTable, text: string, setting: Setting<string>): Problem {
  return {
    ...missingColumn(table, { ...setting, key: `slicing_exprs` }),
    severity: 'warning',
    hint: `'${text}' is sent as it is: the service judges expressions`,
  };
}

interface Counted {
  readonly column: CatalogColumn;
  readonly count: number;
  readonly limit: number;
  readonly place: Place;
}

function tooManyValues({ fullName }: CatalogTable, { column, count, limit, place }: Counted): Problem {
  return {
    code: 'CATALOG.SLICE_VALUES',
    severity: 'warning',
    message: `slice '${column.name}' of ${fullName} is left out: it has about ${String(count)} values, at most ${String(limit)} are allowed`,
    hint: 'slice by an expression that groups them, or raise profile_defaults.max_slicing_cardinality; --recount counts again',
    place,
  };
}

function moreThanTop({ fullName }: CatalogTable, { column, count, place }: Counted): Problem {
  return {
    code: 'CATALOG.SLICE_TOP',
    severity: 'warning',
    message: `slice '${column.name}' of ${fullName} has about ${String(count)} values, and only the ${String(mostValues)} most frequent get a slice`,
    hint: 'slice by an expression that groups them',
    place,
  };
}
