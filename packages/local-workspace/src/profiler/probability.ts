import { quoteIdentifier } from '../sql/quote.ts';
import { columnFamily } from './column-family.ts';
import { findColumn } from './find-column.ts';
import type { ProfiledTable, ProfileType } from './profile-request.ts';

export interface Probability {
  readonly shape: 'map' | 'number';
  /** Select list entry of the working table. */
  readonly sql: string;
}

/** The probabilities of a classification as a working table keeps them; undefined when the table has none. */
export function probabilityOf(profile: ProfileType, table: ProfiledTable): Probability | undefined {
  if (profile.kind !== 'inference_log' || profile.problemType !== 'classification') return undefined;
  if (profile.probabilityColumn === undefined) return undefined;
  const column = findColumn(table, profile.probabilityColumn);
  if (column === undefined) return undefined;
  const shape = columnFamily(column.typeText) === 'complex' ? 'map' : 'number';
  const type = shape === 'map' ? 'MAP(VARCHAR, DOUBLE)' : 'DOUBLE';
  return { shape, sql: `TRY_CAST(${quoteIdentifier(column.name)} AS ${type}) AS __p` };
}
