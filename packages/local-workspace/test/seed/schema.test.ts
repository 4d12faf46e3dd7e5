import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import {
  destinationFields,
  functionFields,
  principalFields,
  volumeFields,
  warehouseFields,
} from '../../src/seed/object-shapes.ts';
import { columnFields } from '../../src/seed/seed-readers.ts';
import { catalogFields, metastoreFields, schemaFields, seedFields, seedFile } from '../../src/seed/seed-shape.ts';
import { tableFields } from '../../src/seed/table-shape.ts';

interface SchemaNode {
  readonly properties: Readonly<Record<string, SchemaNode>>;
  readonly description?: string;
  readonly anyOf?: readonly SchemaNode[];
}

const root = new URL('../../../../', import.meta.url);
const schema = JSON.parse(await readFile(new URL('schemas/workspace.schema.json', root), 'utf8')) as SchemaNode & {
  readonly $defs: Readonly<Record<string, SchemaNode>>;
};
const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(
  schema,
);

const inTable = (table: unknown): unknown => ({ catalogs: { c: { schemas: { s: { tables: { t: table } } } } } });

/** Documents that both have to judge alike. */
const documents: readonly (readonly [good: boolean, document: unknown])[] = [
  [true, {}],
  [true, { catalogs: null, groups: { a: null }, warehouses: { w: null }, principals: { p: null } }],
  [true, { catalogs: { c: null, d: { schemas: { s: null } } } }],
  [true, inTable({ sql: 'SELECT 1', comment: null, from: null })],
  [true, inTable({ from: 'x.csv', columns: { a: 'DECIMAL(9, 2)', b: { type: 'INT', tags: { t: 1 } }, c: {} } })],
  [true, inTable({ view: 'SELECT 1', columns: { a: { comment: 'x' } }, grants: { u: ['use catalog', 'SELECT'] } })],
  [true, inTable({ sql: 'x', shift_to_now: 'at', shift_group: 'g', primary_key: ['a'], properties: { p: true } })],
  [true, { principals: { m: { kind: 'service_principal', client_secret: 's', workspace: 'w' } } }],
  [true, { destinations: { d: { email: { addresses: ['a@b'] } }, e: { slack: { url: 'x' } } } }],
  [false, { colour: 'red' }],
  [false, { current_user: '' }],
  [false, { current_user: 1 }],
  [false, { groups: { a: 'b' } }],
  [false, { groups: { a: [1] } }],
  [false, { principals: { p: { tokens: 'x' } } }],
  [false, { principals: { p: { tokens: [''] } } }],
  [false, { principals: { p: { client_secret: 's' } } }],
  [false, { principals: { p: { kind: 'user', client_secret: 's' } } }],
  [false, { principals: { p: { kind: 'robot' } } }],
  [false, { principals: { p: { admin: 'yes' } } }],
  [false, { warehouses: { w: { state: 'paused' } } }],
  [false, { destinations: { d: {} } }],
  [false, { destinations: { d: { slack: {}, email: { addresses: [] } } } }],
  [false, { destinations: { d: { pagerduty: {} } } }],
  [false, { catalogs: [] }],
  [false, { catalogs: { c: { grants: { u: ['SELEKT'] } } } }],
  [false, { catalogs: { c: { grants: { u: 'SELECT' } } } }],
  [false, { catalogs: { c: { tags: { a: [] } } } }],
  [false, { catalogs: { c: { schemas: { s: { functions: { f: { returns: 'int' } } } } } } }],
  [false, { catalogs: { c: { schemas: { s: { volumes: { v: { type: 'BIG' } } } } } } }],
  [false, inTable(null)],
  [false, inTable({})],
  [false, inTable({ sql: 'x', view: 'y' })],
  [false, inTable({ sql: 'x', from: 'y' })],
  [false, inTable({ sql: 'x', columns: { a: 'int); DROP' } })],
  [false, inTable({ sql: 'x', columns: { a: { type: 'int); DROP' } } })],
  [false, inTable({ sql: 'x', columns: { a: { typ: 'int' } } })],
  [false, inTable({ sql: 'x', type: 'VIEW' })],
  [false, inTable({ sql: 'x', shift_group: 'g' })],
  [false, inTable({ view: 'x', type: 'MANAGED' })],
  [false, inTable({ view: 'x', primary_key: ['a'] })],
  [false, inTable({ view: 'x', columns: { a: 'int' } })],
  [false, inTable({ view: 'x', columns: { a: { type: 'int' } } })],
];

describe('schemas/workspace.schema.json', () => {
  test.each(documents)('says %p of %j, as the reader does', (good, document) => {
    let read = true;
    try {
      seedFile(document, { path: [] });
    } catch {
      read = false;
    }
    expect({ schema: validate(document), reader: read }).toEqual({ schema: good, reader: good });
  });

  test.each<readonly [string, SchemaNode | undefined, object]>([
    ['the file', schema, seedFields],
    ['metastore', schema.properties['metastore'], metastoreFields],
    ['catalog', schema.$defs['catalog'], catalogFields],
    ['schema', schema.$defs['schema'], schemaFields],
    ['table', schema.$defs['table'], tableFields],
    ['column', schema.$defs['column']?.anyOf?.[1], columnFields],
    ['volume', schema.$defs['volume'], volumeFields],
    ['function', schema.$defs['function'], { ...functionFields.required, ...functionFields.optional }],
    ['principal', schema.$defs['principal'], principalFields],
    ['warehouse', schema.$defs['warehouse'], warehouseFields],
    ['destination', schema.$defs['destination'], destinationFields],
  ])('names the same keys of %s as the reader, each with a description', (_name, node, fields) => {
    const properties = node?.properties ?? {};
    expect(Object.keys(properties).toSorted()).toEqual(Object.keys(fields).toSorted());
    for (const property of Object.values(properties)) expect(property).toHaveProperty('description');
  });

  test.each(['examples/quickstart/workspace.yaml', 'packages/databricks/test/contract/workspace.yaml'])(
    'holds for %s',
    async (file) => {
      const document: unknown = parse(await readFile(fileURLToPath(new URL(file, root)), 'utf8'));
      expect([validate(document), validate.errors]).toEqual([true, null]);
    },
  );
});
