import type { Document } from '../storage/storage.ts';
import type { FunctionObject } from '../unity/objects.ts';
import { columnTypeText, scalarNamed } from '../sql/spark-type.ts';
import { atPlace } from './at-place.ts';
import type { SeedFunctionFields } from './object-shapes.ts';
import type { Seed } from './read-seed.ts';
import { seedGrants } from './seed-grants.ts';
import { seedSchemas } from './seed-table.ts';
import type { SeedPorts } from './seed-table.ts';

/** Registers the SQL functions that are missing. */
export async function loadFunctions(ports: SeedPorts, seed: Seed): Promise<void> {
  for (const { catalog, schema, fields, path } of seedSchemas(seed)) {
    for (const [name, made] of Object.entries(fields.functions ?? {})) {
      const place = { seed, path: [...path, 'functions', name], what: `function ${catalog}.${schema}.${name}` };
      await atPlace(place, () => loadFunction(ports, { catalog, schema, name: name.toLowerCase() }, made));
    }
  }
}

async function loadFunction(
  { storage, ids, clock, principal }: SeedPorts,
  name: Pick<FunctionObject, 'catalog' | 'schema' | 'name'>,
  fields: SeedFunctionFields,
): Promise<void> {
  const id = `${name.catalog}.${name.schema}.${name.name}`;
  const at = clock().getTime();
  await storage.transaction(async (transaction) => {
    if (transaction.get('function', id) !== undefined) return;
    const made: FunctionObject = {
      ...name,
      functionId: ids.uuid(),
      parameters: Object.entries(fields.parameters ?? {}).map(([parameter, type]) => ({
        name: parameter,
        typeText: typeTextOf(type),
      })),
      returnType: typeTextOf(fields.returns),
      definition: fields.definition,
      owner: fields.owner ?? principal,
      ...(fields.comment === undefined ? {} : { comment: fields.comment }),
      createdAt: at,
      updatedAt: at,
    };
    await transaction.put('function', id, made as unknown as Document);
    await seedGrants(transaction, { type: 'function', name: id }, fields.grants);
  });
}

/** Types as Unity Catalog keeps them: lower case, `INTEGER` as `int`. */
function typeTextOf(text: string): string {
  const known = scalarNamed(text.trim());
  return known === undefined ? text.trim().toLowerCase() : columnTypeText(known);
}
