import { dropGrants } from '../access/grants.ts';
import type { Securable } from '../access/securable.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { Document, Storage, Transaction } from '../storage/storage.ts';
import type { FunctionObject } from '../unity/objects.ts';

type FunctionName = Pick<FunctionObject, 'catalog' | 'schema' | 'name'>;

export function functionFullName({ catalog, schema, name }: FunctionName): string {
  return `${catalog}.${schema}.${name}`.toLowerCase();
}

export function functionSecurable(named: FunctionName): Securable {
  return { type: 'function', name: functionFullName(named) };
}

export function findFunctionNamed(source: Pick<Storage, 'get'>, fullName: string): FunctionObject | undefined {
  return source.get('function', fullName.toLowerCase()) as FunctionObject | undefined;
}

export function listFunctions(
  source: Pick<Storage, 'list'>,
  catalog: string,
  schema: string,
): readonly FunctionObject[] {
  const functions = source.list('function') as unknown as readonly FunctionObject[];
  return functions.filter((found) => found.catalog === catalog && found.schema === schema);
}

export async function putFunction(transaction: Transaction, changed: FunctionObject): Promise<void> {
  await transaction.put('function', functionFullName(changed), changed as unknown as Document);
}

/** Removes the function, its grants and the macro that computes it. */
export async function removeFunction(transaction: Transaction, removed: FunctionObject): Promise<void> {
  const schema = quoteIdentifier(`${removed.catalog}.${removed.schema}`);
  await transaction.connection.run(`DROP MACRO IF EXISTS ${schema}.${quoteIdentifier(removed.name)}`);
  await transaction.remove('function', functionFullName(removed));
  await dropGrants(transaction, functionSecurable(removed));
}
