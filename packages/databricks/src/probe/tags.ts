import { qualifiedName, quoteLiteral } from '@dpo/core';
import type { Scratch } from './scratch.ts';
import type { Sighting } from './sighting.ts';

/** Whether the tag of a schema is listed as one of its tables. */
export async function probeTags(scratch: Scratch): Promise<readonly Sighting[]> {
  const { schema, mark } = scratch;
  const [catalog = '', inner = ''] = schema.split('.');
  const name = `${mark}_tagged`;
  await scratch.table(name, 'SELECT 1 AS id');
  const place = qualifiedName(catalog, inner);
  scratch.owe(`tag ${mark} of schema ${schema}`, () =>
    scratch.undo(`ALTER SCHEMA ${place} UNSET TAGS (${quoteLiteral(mark)})`),
  );
  await scratch.sql(`ALTER SCHEMA ${place} SET TAGS (${quoteLiteral(mark)} = 'x')`);
  const view = qualifiedName(catalog, 'information_schema', 'table_tags');
  const where = `table_name = ${quoteLiteral(name)} AND tag_name = ${quoteLiteral(mark)}`;
  const { rows } = await scratch.sql(`SELECT tag_name FROM ${view} WHERE ${where}`);
  return [{ name: 'information_schema_tags', value: rows.length === 0 ? 'direct' : 'inherited' }];
}
