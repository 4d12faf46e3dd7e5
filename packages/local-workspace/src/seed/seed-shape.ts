import { filledText, list, record, shape } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { destination, functionShape, principal, volume, warehouse } from './object-shapes.ts';
import { mayBeEmpty, scalarText } from './seed-readers.ts';
import { commonFields, tableWithSource } from './table-shape.ts';

export const schemaFields = {
  ...commonFields,
  properties: record(scalarText),
  tables: mayBeEmpty(record(tableWithSource)),
  volumes: mayBeEmpty(record(mayBeEmpty(volume))),
  functions: mayBeEmpty(record(functionShape)),
};
export const catalogFields = {
  ...commonFields,
  schemas: mayBeEmpty(record(mayBeEmpty(shape({ optional: schemaFields })))),
};
export const metastoreFields = { grants: commonFields.grants };

export const seedFields = {
  current_user: filledText,
  behaviour: filledText,
  principals: mayBeEmpty(record(mayBeEmpty(principal))),
  groups: mayBeEmpty(record(mayBeNone(list(filledText)))),
  metastore: mayBeEmpty(shape({ optional: metastoreFields })),
  warehouses: mayBeEmpty(record(mayBeEmpty(warehouse))),
  destinations: mayBeEmpty(record(destination)),
  catalogs: mayBeEmpty(record(mayBeEmpty(shape({ optional: catalogFields })))),
};

/** The whole file. `schemas/workspace.schema.json` says the same; a test compares them. */
export const seedFile = shape({ optional: seedFields });

export type SeedFile = ReturnType<typeof seedFile>;

/** A key without a value in YAML is null; here it stands for an empty list. */
function mayBeNone<T>(reader: Reader<readonly T[]>): Reader<readonly T[]> {
  return (value, place) => reader(value ?? [], place);
}
