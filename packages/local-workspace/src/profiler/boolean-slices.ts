import type { ProfileRequest } from './profile-request.ts';
import { slicingExpressions } from './slices.ts';
import { slicingSql } from './slicing-expression.ts';

/** The request with the Boolean slicing expressions of a labelled classification noted in its profile. */
export async function withBooleanSlices(request: ProfileRequest): Promise<ProfileRequest> {
  const { profile } = request;
  if (profile.kind !== 'inference_log' || profile.problemType !== 'classification') return request;
  if (profile.labelColumn === undefined) return request;
  const booleanSlices: number[] = [];
  for (const [index, expression] of slicingExpressions(request).entries()) {
    if (await isBoolean(request, expression)) booleanSlices.push(index);
  }
  return { ...request, profile: { ...profile, booleanSlices } };
}

async function isBoolean({ connection, table, expressions }: ProfileRequest, expression: string): Promise<boolean> {
  const sql = await slicingSql(expression, { table, scope: table, expressions });
  if (sql === undefined) return false;
  const described = await connection.runAndReadAll(`DESCRIBE SELECT ${sql} AS value FROM ${table.from}`);
  return described.getRows()[0]?.[1] === 'BOOLEAN';
}
