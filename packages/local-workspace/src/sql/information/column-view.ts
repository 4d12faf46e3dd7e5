import { parseSparkType } from '../../unity/spark-type.ts';
import { texts, visibleTables } from './information-view.ts';
import type { InformationCell, InformationView } from './information-view.ts';

/** Bits of whole and floating numbers. */
const bits: Readonly<Record<string, number>> = { BYTE: 8, SHORT: 16, INT: 32, LONG: 64, FLOAT: 24, DOUBLE: 53 };

/**
 * COLUMNS as documented ("COLUMNS (information schema)"). Positions start at 0: recorded so, although the page says 1.
 */
export const columnView: InformationView = {
  columns: {
    ...texts('table_catalog', 'table_schema', 'table_name', 'column_name'),
    ordinal_position: 'INTEGER',
    ...texts('column_default', 'is_nullable', 'full_data_type', 'data_type'),
    character_maximum_length: 'INTEGER',
    character_octet_length: 'VARCHAR',
    numeric_precision: 'INTEGER',
    numeric_precision_radix: 'INTEGER',
    numeric_scale: 'INTEGER',
    datetime_precision: 'INTEGER',
    interval_type: 'VARCHAR',
    interval_precision: 'INTEGER',
    maximum_cardinality: 'INTEGER',
    ...texts('is_identity', 'identity_generation', 'identity_start', 'identity_increment', 'identity_maximum'),
    ...texts('identity_minimum', 'identity_cycle', 'is_generated', 'generation_expression'),
    ...texts('is_system_time_period_start', 'is_system_time_period_end', 'system_time_period_timestamp_generation'),
    is_updatable: 'VARCHAR',
    partition_ordinal_position: 'INTEGER',
    comment: 'VARCHAR',
  },
  catalogColumn: 'table_catalog',
  rows: (source) =>
    visibleTables(source).flatMap((table) =>
      table.columns.map((column, position) => [
        table.catalog,
        table.schema,
        table.name,
        column.name,
        position,
        null,
        column.nullable ? 'YES' : 'NO',
        column.typeText,
        ...typeCells(column.typeText),
        'NO',
        ...Array.from({ length: 6 }, () => null),
        'NO',
        null,
        'NO',
        'NO',
        null,
        table.viewDefinition === undefined ? 'YES' : 'NO',
        null,
        column.comment ?? null,
      ]),
    ),
};

/** `data_type` is the `type_name` of the API; precision and scale follow it. */
function typeCells(typeText: string): readonly InformationCell[] {
  const { name, precision, scale } = parseSparkType(typeText);
  const isNumber = name === 'DECIMAL' || Object.hasOwn(bits, name);
  const whole = isNumber && name !== 'DECIMAL' && name !== 'FLOAT' && name !== 'DOUBLE';
  return [
    name,
    null,
    null,
    precision ?? bits[name] ?? null,
    isNumber ? (name === 'DECIMAL' ? 10 : 2) : null,
    whole ? 0 : (scale ?? null),
    name === 'DATE' ? 0 : name === 'TIMESTAMP' ? 3 : null,
    null,
    null,
    null,
  ];
}
