import { performance } from 'node:perf_hooks';
import { startLocalWorkspace } from '../packages/local-workspace/dist/index.js';

// Prints how long a unified view of many branches takes, over HTTP as a client sees it: node bench/unified-view.js [branches]
const branches = Number(process.argv[2] ?? 1000);
const workspace = await startLocalWorkspace({ directory: ':memory:' });

async function execute(statement) {
  const started = performance.now();
  const response = await fetch(`${workspace.url}/api/2.0/sql/statements`, {
    method: 'POST',
    headers: { authorization: `Bearer ${workspace.token}` },
    body: JSON.stringify({ statement, warehouse_id: workspace.warehouseId, wait_timeout: '50s' }),
  });
  const { status, result } = await response.json();
  if (status.state !== 'SUCCEEDED') throw new Error(JSON.stringify(status));
  return { milliseconds: Math.round(performance.now() - started), rows: result?.data_array };
}

const branch = (index) => `
  SELECT 'main.bench.t${index}' AS source_table_name, window.start AS window_start, window.end AS window_end, granularity,
    column_name, count AS record_count, percent_null / 100 AS null_rate
  FROM main.bench.metrics WHERE slice_key IS NULL`;

try {
  await execute('CREATE CATALOG IF NOT EXISTS main');
  await execute('CREATE SCHEMA main.bench');
  await execute(`CREATE TABLE main.bench.metrics (window STRUCT<start: TIMESTAMP, end: TIMESTAMP>, granularity STRING,
    slice_key STRING, column_name STRING, count BIGINT, percent_null DOUBLE)`);
  await execute(`INSERT INTO main.bench.metrics SELECT
    named_struct('start', timestamp_seconds(id * 86400), 'end', timestamp_seconds(id * 86400 + 86400)), '1 day', NULL, 'c', id, 1.5 FROM range(30) AS r(id)`);
  const text = Array.from({ length: branches }, (_, index) => branch(index)).join('\nUNION ALL');
  const create = await execute(`CREATE VIEW main.bench.wide AS ${text}`);
  const again = await execute(`ALTER VIEW main.bench.wide AS ${text}`);
  const query = await execute('SELECT count(*), sum(record_count), max(null_rate) FROM main.bench.wide');
  process.stdout.write(
    `branches ${branches}: create ${create.milliseconds} ms, alter ${again.milliseconds} ms, query ${query.milliseconds} ms\n`,
  );
  process.stdout.write(`rows ${query.rows[0].join(' ')}\n`);
} finally {
  await workspace.close();
}
