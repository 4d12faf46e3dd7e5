/** Names of helper columns in a working table. Columns of users are renamed there, so nothing can collide. */
export interface GroupingKeys {
  /** One window start per granularity; none for a snapshot or a baseline. */
  readonly windows: readonly string[];
  /** The model id, for inference profiles. */
  readonly model?: string;
  /** By position in the list of slicing expressions; undefined where the table cannot evaluate the expression. */
  readonly slices: readonly (string | undefined)[];
}

/**
 * Every row counts in its window of each granularity, for its model and for all models, in its slice of each
 * expression and in the whole table.
 */
export interface Grouping {
  /** Select list `g, w, m, k, v`: granularity index, window start, model id, slice index and slice value, never NULL. */
  readonly keys: string;
  readonly having: string;
  /** GROUP BY clause, with further columns in every set when given. */
  groupBy(...further: readonly string[]): string;
}

export const groupKeys = 'g, w, m, k, v';

const noWindow = "TIMESTAMP '1970-01-01'";
/** The model id of rows about all models, as in the service. */
export const allModels = '*';

export function createGrouping({ windows, model, slices }: GroupingKeys): Grouping {
  const presentSlices = slices.filter((slice) => slice !== undefined);
  const sets = choices(windows, windows.length === 0)
    .flatMap((set) => choices(model === undefined ? [] : [model], true).map((more) => [...set, ...more]))
    .flatMap((set) => choices(presentSlices, true).map((more) => [...set, ...more]));
  const conditions = [...windows, ...presentSlices, ...(model === undefined ? [] : [model])].map(
    (column) => `(GROUPING(${column}) = 1 OR ${column} IS NOT NULL)`,
  );
  if (model !== undefined) conditions.push(`(GROUPING(${model}) = 1 OR ${model} <> '${allModels}')`);
  return {
    keys: [
      `${groupedIndex(windows)} AS g`,
      `coalesce(${[...windows, noWindow].join(', ')}) AS w`,
      `coalesce(${[...(model === undefined ? [] : [model]), `'${allModels}'`].join(', ')}) AS m`,
      `${groupedIndex(slices)} AS k`,
      `coalesce(${[...presentSlices, "''"].join(', ')}) AS v`,
    ].join(', '),
    having: ['true', ...conditions].join(' AND '),
    groupBy: (...further) =>
      `GROUP BY GROUPING SETS (${sets.map((set) => `(${[...set, ...further].join(', ')})`).join(', ')})`,
  };
}

function choices(columns: readonly string[], withNone: boolean): readonly (readonly string[])[] {
  return [...(withNone ? [[]] : []), ...columns.map((column) => [column])];
}

/** Position of the one column of the list by which a row is grouped, -1 for none. */
function groupedIndex(columns: readonly (string | undefined)[]): string {
  const branches = columns.map((column, index) =>
    column === undefined ? '' : ` WHEN GROUPING(${column}) = 0 THEN ${index}`,
  );
  const text = branches.join('');
  return text === '' ? '-1' : `CASE${text} ELSE -1 END`;
}
