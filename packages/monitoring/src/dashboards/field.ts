import type { JsonObject } from '@dpo/core';

/** A field of a widget: how the engine computes it from the columns of the dataset. */
export interface Field {
  readonly name: string;
  readonly expression: string;
  readonly title: string;
  /** How a value is written. */
  readonly format?: JsonObject;
}

/** A column as it is. */
export function column(name: string, title: string): Field {
  return { name, expression: `\`${name}\``, title };
}

/** An expression over columns, named by itself. */
export function computed(expression: string, title: string): Field {
  return { name: expression.replaceAll('`', '').toLowerCase(), expression, title };
}

/** A share of 0 to 1, written in percent. */
export function percent(field: Field): Field {
  return { ...field, format: { type: 'number-percent', decimalPlaces: { type: 'max', places: 2 } } };
}

type Scale = 'temporal' | 'quantitative' | 'categorical';

/** A field as an axis or a colour of a chart. */
export function encoded({ name, title, format }: Field, scale: Scale, more: JsonObject = {}): JsonObject {
  return {
    fieldName: name,
    displayName: title,
    scale: { type: scale, ...more },
    ...(format === undefined ? {} : { format }),
  };
}

/** A field without a scale: in a counter, or in a column of a table. */
export function shown({ name, title, format }: Field): JsonObject {
  return { fieldName: name, displayName: title, ...(format === undefined ? {} : { format }) };
}

export const day = computed('DATE_TRUNC("DAY", `window_end`)', 'Day');
export const tableName = column('source_table_name', 'Table');
export const columnName = column('column_name', 'Column');
export const windowEnd = column('window_end', 'Window until');
export const countOfTables = computed('COUNT(DISTINCT `source_table_name`)', 'Tables');
