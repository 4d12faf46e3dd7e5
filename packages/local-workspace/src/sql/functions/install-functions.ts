import type { Transaction } from '../../storage/storage.ts';
import { collectionMacros } from './collection-macros.ts';
import { dateMacros } from './date-macros.ts';
import { functionSchema } from './macro.ts';
import type { Macros } from './macro.ts';
import { numberMacros } from './number-macros.ts';
import { otherMacros } from './other-macros.ts';
import { castMacros } from './cast-macros.ts';
import { stringMacros } from './string-macros.ts';

/** Spark functions that DuckDB lacks or computes differently, with what the rewriting itself needs. */
export const macros: Macros = {
  ...dateMacros,
  ...numberMacros,
  ...castMacros,
  ...stringMacros,
  ...otherMacros,
  ...collectionMacros,
};

/** Creates or replaces the macros, in one go; done once per process, because a data file may come from an older one. */
export async function installFunctions(transaction: Pick<Transaction, 'connection'>): Promise<void> {
  const statements = Object.entries(macros).map(
    ([name, overloads]) => `CREATE OR REPLACE MACRO ${functionSchema}."${name}"${overloads.join(', ')}`,
  );
  await transaction.connection.run([`CREATE SCHEMA IF NOT EXISTS ${functionSchema}`, ...statements].join(';\n'));
}
