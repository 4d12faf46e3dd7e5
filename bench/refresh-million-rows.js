// How long a refresh of the embedded workspace takes: 1,000,000 rows, 11 numeric, 10 string and 1 timestamp column,
// 30 daily windows, every window computed anew; and once more unchanged, with a change data feed. Build first, then run it with: npm run bench:refresh
// Wall time is that of the API: from the request for a refresh to its SUCCESS.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLocalWorkspace } from '@dpo/local-workspace';

const rows = 1_000_000;
const runs = 5;
const now = new Date('2026-07-01T00:00:00Z');

/** The same values on every machine: all of them follow from the number of the row. */
const unit = (salt) => `(hash(i * 31 + ${salt}) % 1000003) / 1000003.0::DOUBLE`;
const numbers = Array.from({ length: 11 }, (_, index) => {
  const value =
    index % 3 === 0 ? `CAST(floor(${unit(index)} * 1000) AS BIGINT)` : `ln(1.0 + ${unit(index)} * ${index + 1})`;
  return `CASE WHEN hash(i + ${index}) % 97 <> 0 THEN ${value} END AS n${index}`;
});
const texts = Array.from({ length: 10 }, (_, index) => {
  const distinct = [2, 7, 30, 100, 365, 1000, 5000, 20_000, 12, 50][index];
  return `'v' || CAST(floor(sqrt(${unit(100 + index)}) * ${distinct}) AS INTEGER) AS s${index}`;
});
const seed = `
catalogs:
  bench:
    schemas:
      metrics: {}
      data:
        tables:
          events:
            sql: >-
              SELECT TIMESTAMP '2026-06-01' + to_microseconds(i * ${(30 * 86_400_000_000) / rows}) AS ts,
              ${[...numbers, ...texts].join(', ')} FROM range(${rows}) AS r(i)
`;

async function open(directory) {
  return startLocalWorkspace({
    directory,
    clock: () => now,
    firstRefresh: 'held',
    lifecycle: { activeAfterMs: 0, refreshDelayMs: 0 },
  });
}

/** In a process of its own, so that its memory is not taken for that of a refresh. */
async function makeTable(directory) {
  const workspace = await open(directory);
  const file = join(directory, 'seed.yaml');
  await writeFile(file, seed);
  await workspace.seed(file);
  await workspace.close();
}

function client(workspace) {
  return async (method, path, body) => {
    const response = await fetch(`${workspace.url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${workspace.token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
}

async function measure(directory) {
  const workspace = await open(directory);
  const call = client(workspace);
  const { table_id: tableId } = await call('GET', '/api/2.1/unity-catalog/tables/bench.data.events');
  const { schema_id: schemaId } = await call('GET', '/api/2.1/unity-catalog/schemas/bench.metrics');
  const monitor = { object_type: 'table', object_id: tableId };
  const path = `/api/data-quality/v1/monitors/table/${tableId}`;
  const series = { timestamp_column: 'ts', granularities: ['AGGREGATION_GRANULARITY_1_DAY'] };
  const config = { output_schema_id: schemaId, skip_builtin_dashboard: true, time_series: series };
  await call('POST', '/api/data-quality/v1/monitors', { ...monitor, data_profiling_config: config });

  async function refresh() {
    const start = performance.now();
    const { refresh_id: id } = await call('POST', `${path}/refreshes`, monitor);
    await workspace.idle();
    const seconds = (performance.now() - start) / 1000;
    const { state, message } = await call('GET', `${path}/refreshes/${id}`);
    if (state !== 'MONITOR_REFRESH_STATE_SUCCESS') throw new Error(`refresh ended as ${state}: ${message}`);
    return seconds;
  }

  const walls = [];
  for (let run = 0; run < runs; run += 1) {
    // A changed configuration is a new monitor version, with which every window is computed again.
    const changed = {
      ...config,
      notification_settings: { on_failure: { email_addresses: [`run${run}@example.com`] } },
    };
    await call('PATCH', `${path}?update_mask=data_profiling_config`, { ...monitor, data_profiling_config: changed });
    walls.push(await refresh());
  }
  const peak = process.resourceUsage().maxRSS / 1024;
  const query = async (statement) => {
    const answer = await call('POST', '/api/2.0/sql/statements', { statement, warehouse_id: workspace.warehouseId });
    return answer.result?.data_array?.[0]?.[0];
  };
  await query('ALTER TABLE bench.data.events SET TBLPROPERTIES (delta.enableChangeDataFeed = true)');
  await refresh();
  const unchanged = await refresh();
  const count = (name) => query(`SELECT count(*) FROM bench.metrics.events_${name}_metrics`);
  const found = { profile: await count('profile'), drift: await count('drift') };
  await workspace.close();
  report({ walls, peak, unchanged, found });
}

function report({ walls, peak, unchanged, found }) {
  const sorted = walls.toSorted((a, b) => a - b);
  const text = (seconds) => `${seconds.toFixed(2)} s`;
  process.stdout.write(
    [
      `rows            ${rows} x 22 columns, ${found.profile} profile rows, ${found.drift} drift rows`,
      `refreshes       ${walls.map(text).join(', ')}`,
      `best            ${text(sorted[0])}`,
      `median          ${text(sorted[Math.floor(runs / 2)])}`,
      `peak memory     ${peak.toFixed(0)} MiB (resident, whole process)`,
      `unchanged data  ${text(unchanged)}`,
      '',
    ].join('\n'),
  );
}

const [, , phase, place] = process.argv;
if (phase === 'table') await makeTable(place);
else if (phase === 'measure') await measure(place);
else {
  const directory = await mkdtemp(join(tmpdir(), 'dpo-bench-'));
  try {
    for (const step of ['table', 'measure']) {
      const self = fileURLToPath(import.meta.url);
      const { status } = spawnSync(process.execPath, [self, step, directory], { stdio: 'inherit' });
      if (status !== 0) process.exitCode = 1;
      if (status !== 0) break;
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
