import { createHash } from 'node:crypto';
import { quoteLiteral } from '../sql/quote.ts';
import { forgetWindows, windowTable } from '../storage/window-table.ts';
import { aggregateExpression, aggregatesOf } from './aggregate-expression.ts';
import { tableRowsName } from './metric-rows.ts';
import type { ProfileRequest, WindowMemory } from './profile-request.ts';
import { hasProfileLayout } from './profile-table.ts';
import { windowGranularities } from './time-windows.ts';
import type { WorkingTable } from './working-table.ts';

/** Temporary: granularity and start of the windows whose metric rows stay as they are. */
export const keptWindows = '__dpo_profile_kept';
const windowMarks = '__dpo_profile_marks';

/** Raise it when a window of the same rows gets other metrics, so that a workspace on disk computes its windows again. */
const format = 1;

/**
 * Takes the rows of windows that did not change out of the input and notes what all windows consist of. Answers
 * `keptWindows` when there are such windows. Only for tables that record their changes, as in the service.
 *
 * A window is known by the number of its rows and the sum of their 64-bit hashes, whatever their order. Everything that
 * a metric of the window depends on is in these rows, in `layout`, or makes `isIncremental` answer no.
 */
export async function skipUnchangedWindows(request: ProfileRequest, input: WorkingTable): Promise<string | undefined> {
  const { connection, memory } = request;
  if (memory === undefined) return undefined;
  if (!(await isIncremental(request, input))) {
    await forgetWindows(connection, memory.objectId);
    return undefined;
  }
  await markWindows(request, input);
  const kept = await keepWindows(request, memory);
  if (kept > 0) await takeOut(request, input);
  await forgetWindows(connection, memory.objectId);
  await connection.run(
    `INSERT INTO ${windowTable}
     SELECT ${quoteLiteral(memory.objectId)}, ${quoteLiteral(layout(request))}, NULL, granularity, window_start, mark
     FROM ${windowMarks}`,
  );
  await connection.run(`DROP TABLE ${windowMarks}`);
  return kept > 0 ? keptWindows : undefined;
}

/**
 * The classes of probabilities are those of the whole table, and a volatile expression has another value for the same
 * rows. Slices need no care: their values are part of the rows.
 */
async function isIncremental(request: ProfileRequest, input: WorkingTable): Promise<boolean> {
  const { profile } = request;
  if (profile.kind === 'snapshot' || input.probability !== undefined) return false;
  for (const column of [tableRowsName, ...input.columns.map(({ name }) => name)]) {
    for (const metric of aggregatesOf(request, column)) {
      if ((await aggregateExpression(request, input, { metric, column })).isVolatile) return false;
    }
  }
  return true;
}

async function markWindows({ connection, profile }: ProfileRequest, { name }: WorkingTable): Promise<void> {
  const granularities = windowGranularities(profile);
  const starts = granularities.map((_, index) => `__w${index}`);
  const rows = `SELECT ${starts.join(', ')}, hash(*COLUMNS(* EXCLUDE (${starts.join(', ')}, __t)))::HUGEINT AS h FROM ${name}`;
  const marks = granularities.map(
    (granularity, index) =>
      `SELECT ${quoteLiteral(granularity)} AS granularity, __w${index} AS window_start, count(*) || ' ' || sum(h) AS mark
       FROM hashed WHERE __w${index} IS NOT NULL GROUP BY __w${index}`,
  );
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${windowMarks} AS WITH hashed AS (${rows}) ${marks.join(' UNION ALL ')}`,
  );
}

async function keepWindows(request: ProfileRequest, { objectId, metrics }: WindowMemory): Promise<number> {
  const { connection } = request;
  const isSame =
    metrics !== undefined && (await hasProfileLayout(request))
      ? `object_id = ${quoteLiteral(objectId)} AND layout = ${quoteLiteral(layout(request))} AND metrics = ${quoteLiteral(metrics)}`
      : 'false';
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${keptWindows} AS
     SELECT granularity, window_start FROM ${windowMarks} JOIN ${windowTable} USING (granularity, window_start, mark)
     WHERE ${isSame}`,
  );
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${keptWindows}`);
  return Number(counted.getRows()[0]?.[0]);
}

async function takeOut({ connection, profile }: ProfileRequest, { name }: WorkingTable): Promise<void> {
  const granularities = windowGranularities(profile);
  for (const [index, granularity] of granularities.entries()) {
    const kept = `SELECT window_start FROM ${keptWindows} WHERE granularity = ${quoteLiteral(granularity)}`;
    await connection.run(`UPDATE ${name} SET __w${index} = NULL WHERE __w${index} IN (${kept})`);
  }
  const starts = granularities.map((_, index) => `__w${index}`);
  await connection.run(`DELETE FROM ${name} WHERE coalesce(${starts.join(', ')}) IS NULL`);
}

/** Digest of everything but the rows that decides about metrics. */
function layout({ profile, slicingExpressions, customMetrics, table, monitorVersion }: ProfileRequest): string {
  const parts = { format, profile, slicingExpressions, customMetrics, columns: table.columns, monitorVersion };
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
