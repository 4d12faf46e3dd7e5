// One run of the engine in a bare process, so that a harness can kill it anywhere. The only argument is a JSON job; the
// only output is a JSON report. With `kill`, the process ends itself by SIGKILL at one of its file operations.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { loadConfig } from '@dpo/config';
import { connectionOf, createClient, createProviders, getWorkspaceIdentity, readCatalogTables } from '@dpo/databricks';
import { apply, createLimit, makePlan } from '@dpo/engine';
import { desire, tablesToRead } from '@dpo/monitoring';
import { checkState, createLocalStore } from '@dpo/state';
import { countedFiles } from '../support/counted-files.js';

const job = JSON.parse(process.argv[2] ?? '{}');
// Looks at what is slow in a real workspace, such as a deletion, a hundred times as often: one second is the longest of
// the periods that the harness itself relies on.
const clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) =>
    wait(milliseconds > 1000 ? milliseconds / 100 : milliseconds, undefined, { signal }),
};
const never = new AbortController().signal;
let operations = 0;

/** Counts an operation and dies before, after, or (appends only) in the middle of the one that the job names. */
async function counted(run, half) {
  operations += 1;
  const mine = job.kill?.operation === operations ? job.kill.phase : undefined;
  if (mine === 'before') process.kill(process.pid, 'SIGKILL');
  if (mine === 'half') {
    await half?.();
    process.kill(process.pid, 'SIGKILL');
  }
  const result = await run();
  if (mine === 'after') process.kill(process.pid, 'SIGKILL');
  return result;
}

const files = countedFiles(counted);

const loaded = loadConfig({
  file: job.config,
  text: await readFile(job.config, 'utf8'),
  target: 'crash',
  environment: {},
  today: '2027-01-01',
});
const owner = { project: loaded.config.project, target: loaded.targetName };
const connection = connectionOf({ host: job.url, hostSource: 'job', token: job.token, tokenSource: 'job' });
const client = createClient({ connection, clock, random: () => 0, userAgent: 'dpo-crash/1' });
const providers = createProviders({ client });
const identity = await getWorkspaceIdentity(client);
const target = {
  name: loaded.targetName,
  host: 'local',
  workspaceId: identity.workspaceId,
  metastoreId: identity.metastoreId,
};
const reads = createLimit(8);
const context = { limit: reads, signal: never, clock };
const store = createLocalStore({ path: job.state, files, clock, randomId: () => randomUUID(), writer: '0.0.0' });

async function run(mode) {
  const recorded = await store.read();
  const misplaced = checkState(recorded, { owner: `${owner.project}/${owner.target}`, target });
  if (misplaced.length > 0) throw new Error(JSON.stringify(misplaced));
  const findings = await readCatalogTables(
    client,
    { tables: tablesToRead(loaded), warehouseId: job.warehouseId },
    context,
  );
  const desired = desire({ loaded, findings, owner, target, warehouseId: job.warehouseId });
  const consent = { allowDeletes: 10, allowReplace: true };
  const options = { mode, version: '0.0.0', consent, purgeMetrics: job.purges === true };
  const plan = await makePlan({ desired, recorded, providers, context, clock, emit: () => {}, options });
  const problems = plan.problems.filter((problem) => problem.severity === 'error');
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const result = await apply({
    plan,
    store,
    run: {
      id: randomUUID(),
      operation: mode,
      actor: 'crash',
      host: 'crash',
      pid: process.pid,
      plan: plan.fingerprint,
      owner: plan.owner,
      target,
    },
    providers,
    clock,
    emit: () => {},
    limits: { operations: createLimit(job.parallelism), reads },
    deadlineMs: job.deadlineMs,
    readiness: { pollMs: 1000, deadlineMs: 60_000 },
    signals: { stop: never, abort: never },
  });
  return {
    operations: plan.ops.map((op) => `${op.action} ${op.address}`),
    outcomes: result.outcomes,
    state: result.state.status,
  };
}

const first = await run(job.mode);
const fileOperations = operations;
const stateBefore = await readFile(job.state, 'utf8').catch(() => null);
const writesBefore = client.counts().writes;
const second = job.again ? await run(job.mode) : undefined;
const stateAfter = await readFile(job.state, 'utf8').catch(() => null);
await client.close();
process.stdout.write(
  JSON.stringify({
    first,
    second,
    fileOperations,
    requests: client.counts().total,
    secondWrites: client.counts().writes - writesBefore,
    sameBytes: stateBefore === stateAfter,
  }),
);
