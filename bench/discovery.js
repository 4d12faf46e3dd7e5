// What it takes to plan over tables that a tag finds: requests by kind, wall and CPU time of the built command against the
// embedded workspace. Build first, then run it with: npm run bench:discovery [-- TABLES [TABLES IN A SCHEMA]]
// With 10,000 tables the number of requests is compared with bench/discovery-requests.txt; UPDATE_GOLDEN=1 writes it.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLocalWorkspace } from '@dpo/local-workspace';

const tables = Number(process.argv[2] ?? 10_000);
const perSchema = Number(process.argv[3] ?? 100);
const binary = fileURLToPath(new URL('../packages/cli/bin/run.js', import.meta.url));
const golden = fileURLToPath(new URL('discovery-requests.txt', import.meta.url));

/** Views are made fastest; to a search they are tables like others. */
const table = (number) =>
  `          t${number}: { view: "SELECT 1 AS id, 'eu' AS region", tags: { monitor_enabled: "true", monitor_group: g${number % 7} } }\n`;
const schemas = Array.from({ length: Math.ceil(tables / perSchema) }, (_, schema) => {
  const numbers = Array.from(
    { length: Math.min(perSchema, tables - schema * perSchema) },
    (__, index) => schema * perSchema + index,
  );
  return `      s${schema}:\n        tables:\n${numbers.map(table).join('')}`;
});
const config = `catalog_name: prod
monitor_limit: null
mode: bulk_provision_only
project: bench
warehouse_id: local0000warehouse
include_tagged_tables: true
discovery: { exclude_schemas: [tmp_*] }
profile_defaults: { profile_type: SNAPSHOT }
`;

function run(home, workspace, command) {
  const env = { ...process.env, HOME: home, DATABRICKS_HOST: workspace.url, DATABRICKS_TOKEN: workspace.token };
  const child = spawn(process.execPath, [binary, command, '--json'], {
    cwd: home,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => (text += part));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, text })));
}

const home = await mkdtemp(join(tmpdir(), 'dpo-discovery-'));
const workspace = await startLocalWorkspace({ directory: join(home, 'local') });
try {
  await writeFile(join(home, 'workspace.yaml'), `catalogs:\n  prod:\n    schemas:\n${schemas.join('')}`);
  await writeFile(join(home, 'dpo.yaml'), config);
  const seededAt = performance.now();
  await workspace.seed(join(home, 'workspace.yaml'));
  process.stderr.write(`seeded ${tables} tables in ${((performance.now() - seededAt) / 1000).toFixed(1)} s\n`);
  workspace.clearRequests();
  const startedAt = performance.now();
  const { code, text } = await run(home, workspace, 'plan');
  const seconds = (performance.now() - startedAt) / 1000;
  if (code !== 0) throw new Error(`plan ended with ${code}: ${text.slice(0, 2000)}`);
  const created = JSON.parse(text).plan.summary.create;
  const counts = new Map();
  for (const { method, path } of workspace.requests()) {
    const name = `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gu, '{id}')}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const lines = [
    `${tables} tables in ${schemas.length} schemas: create ${created}`,
    ...[...counts].map(([name, count]) => `${String(count).padStart(6)} ${name}`).sort(),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  process.stderr.write(`planned in ${seconds.toFixed(1)} s of wall time, the workspace on the same machine\n`);
  workspace.clearRequests();
  const measuredAt = performance.now();
  const measured = await run(home, workspace, 'coverage');
  const { summary, reads } = JSON.parse(measured.text);
  process.stderr.write(
    `coverage of ${summary.eligible} eligible tables with ${reads.requests} requests in ${((performance.now() - measuredAt) / 1000).toFixed(1)} s\n`,
  );
  if (tables === 10_000 && perSchema === 100) {
    const found = `${lines.join('\n')}\n`;
    if (process.env.UPDATE_GOLDEN === '1') await writeFile(golden, found);
    if ((await readFile(golden, 'utf8')) !== found) throw new Error(`another number of requests than in ${golden}`);
  }
} finally {
  await workspace.close();
  await rm(home, { recursive: true, force: true });
}
