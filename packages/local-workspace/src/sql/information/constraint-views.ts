import type { TableConstraint, TableObject } from '../../unity/objects.ts';
import { texts, visibleTables } from './information-view.ts';
import type { InformationCell, InformationSource, InformationView } from './information-view.ts';

const constraintName = ['constraint_catalog', 'constraint_schema', 'constraint_name'] as const;
const tableName = ['table_catalog', 'table_schema', 'table_name'] as const;

interface Found {
  readonly table: TableObject;
  readonly constraint: TableConstraint;
}

/** Primary and foreign keys, and checks. */
export const constraintViews: Readonly<Record<string, InformationView>> = {
  table_constraints: {
    columns: texts(
      ...constraintName,
      ...tableName,
      'constraint_type',
      'is_deferrable',
      'initially_deferred',
      'enforced',
      'comment',
    ),
    catalogColumn: 'table_catalog',
    rows: (source) =>
      constraints(source).map(({ table, constraint }) => [
        ...nameCells(table, constraint),
        ...tableCells(table),
        constraint.kind,
        'NO',
        'NO',
        constraint.kind === 'CHECK' ? 'YES' : 'NO',
        null,
      ]),
  },
  key_column_usage: {
    columns: {
      ...texts(...constraintName, ...tableName, 'column_name'),
      ordinal_position: 'INTEGER',
      position_in_unique_constraint: 'INTEGER',
    },
    catalogColumn: 'table_catalog',
    rows: (source) =>
      constraints(source).flatMap(({ table, constraint }) =>
        constraint.columns.map((column, index) => [
          ...nameCells(table, constraint),
          ...tableCells(table),
          column,
          index + 1,
          constraint.kind === 'FOREIGN KEY' ? index + 1 : null,
        ]),
      ),
  },
  constraint_column_usage: {
    columns: texts(...tableName, 'column_name', ...constraintName),
    catalogColumn: 'constraint_catalog',
    rows: (source) =>
      constraints(source).flatMap(({ table, constraint }) => {
        // A foreign key uses the columns that it refers to.
        const { table: parent, columns } = constraint.parent ?? {
          table: tableCells(table).join('.'),
          columns: constraint.columns,
        };
        return columns.map((column) => [...parent.split('.'), column, ...nameCells(table, constraint)]);
      }),
  },
  constraint_table_usage: {
    columns: texts(...tableName, ...constraintName),
    catalogColumn: 'constraint_catalog',
    rows: (source) =>
      constraints(source).map(({ table, constraint }) => [
        ...(constraint.parent?.table.split('.') ?? tableCells(table)),
        ...nameCells(table, constraint),
      ]),
  },
  referential_constraints: {
    columns: texts(
      ...constraintName,
      'unique_constraint_catalog',
      'unique_constraint_schema',
      'unique_constraint_name',
      'match_option',
      'update_rule',
      'delete_rule',
    ),
    catalogColumn: 'constraint_catalog',
    rows: (source) =>
      constraints(source).flatMap(({ table, constraint }) => {
        const parent = constraint.parent === undefined ? undefined : source.unity.table(constraint.parent.table);
        const key = parent?.constraints?.find(({ kind }) => kind === 'PRIMARY KEY');
        if (constraint.parent === undefined) return [];
        const [catalog = null, schema = null] = constraint.parent.table.split('.');
        return [
          [...nameCells(table, constraint), catalog, schema, key?.name ?? null, 'FULL', 'NO ACTION', 'NO ACTION'],
        ];
      }),
  },
};

function constraints(source: InformationSource): readonly Found[] {
  return visibleTables(source).flatMap((table) =>
    (table.constraints ?? []).map((constraint) => ({ table, constraint })),
  );
}

function nameCells(table: TableObject, constraint: TableConstraint): readonly InformationCell[] {
  return [table.catalog, table.schema, constraint.name];
}

function tableCells({ catalog, schema, name }: TableObject): readonly string[] {
  return [catalog, schema, name];
}
