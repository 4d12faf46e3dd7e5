// One process that contends for a state, works under its lock and is killed at a moment that its seed decides. Writes what
// it does to a trace of its own, which knows nothing of the lock: every file operation between taking and giving back is
// one appended line. The only argument is a JSON job.
import { openSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { createLocalStore, nodeFiles, statePaths } from '@dpo/state';
import { countedFiles } from '../support/counted-files.js';

const job = JSON.parse(process.argv[2] ?? '{}');
const { lock } = statePaths(job.state);
const counter = 'monitor:prod.ml.counter';
// Opened for appending: lines of several processes stand one after the other, in the order of their writes.
const trace = openSync(job.trace, 'a');
let random = job.seed;
let hold = 0;
let holds = false;
let operations = 0;
let death = { at: 'never' };

/** Mulberry32: the same seed, the same numbers. */
function draw() {
  random = (random + 0x6d2b79f5) | 0;
  let mixed = Math.imul(random ^ (random >>> 15), 1 | random);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

function tell(what) {
  writeSync(trace, `${job.number}.${hold} ${what}\n`);
}

function die() {
  process.kill(process.pid, 'SIGKILL');
}

/** Counts an operation of the part that `death` names, and dies before, in the middle of or after the one it names. */
async function counted(run, half) {
  if (holds) tell('step');
  const mine = death.at === 'holding' ? holds : death.at === 'taking over' && death.armed;
  if (mine) operations += 1;
  const now = mine && operations === death.operation ? death.phase : undefined;
  if (now === 'half' && half !== undefined) await half();
  if (now === 'before' || now === 'half') die();
  const result = await run();
  if (now === 'after') die();
  return result;
}

const files = countedFiles(counted);
files.link = (from, to) =>
  counted(async () => {
    const linked = await nodeFiles.link(from, to);
    if (to === lock && linked === 'made') {
      holds = true;
      tell('enter');
      // At no particular operation: whatever is under way then is cut.
      if (death.at === 'any moment') setTimeout(die, death.milliseconds);
    }
    if (to.includes('.break-') && linked === 'made') death = { ...death, armed: true };
    return linked;
  });
files.remove = async (path) => {
  if (path !== lock || !holds) return counted(() => nodeFiles.remove(path));
  await counted(() => Promise.resolve());
  tell('leave');
  holds = false;
  return nodeFiles.remove(path);
};

/**
 * What the protocol of the lock is there to prevent: whoever sees a dead holder removes the lock file, whoever's it is by
 * then. The break file counts as made, and the second look at the lock shows what the first one did.
 */
function unlinkIfDead(strict) {
  let seen;
  let breaking = false;
  return {
    ...strict,
    read: async (path) => {
      if (path !== lock || !breaking) {
        const text = await strict.read(path);
        if (path === lock) seen = text;
        return text;
      }
      breaking = false;
      await wait(Math.floor(draw() * 4));
      return seen;
    },
    link: async (from, to) => {
      if (!to.includes('.break-')) return strict.link(from, to);
      breaking = true;
      return 'made';
    },
  };
}

const store = createLocalStore({
  path: job.state,
  files: job.weak ? unlinkIfDead(files) : files,
  clock: { now: () => Date.now() },
  randomId: () => `${job.number}-${hold}-${Math.floor(draw() * 1e9)}`,
  writer: '0.0.0',
});
const target = { name: 'locks', host: 'h', workspaceId: 'w', metastoreId: 'm' };

function runOf() {
  return {
    id: `run-${job.number}-${hold}`,
    operation: 'apply',
    actor: 'contender',
    host: 'here',
    pid: process.pid,
    plan: 'p',
    owner: 'locks/locks',
    target,
  };
}

async function open() {
  for (;;) {
    try {
      return await store.open(runOf());
    } catch (error) {
      if (error?.problems?.[0]?.code !== 'STATE.LOCKED') throw error;
      await wait(1 + Math.floor(draw() * 8));
    }
  }
}

/** Reads a number, adds one and writes it, through the state. */
async function work() {
  const session = await open();
  const count = Number(session.recorded.resources.get(counter)?.applied.count ?? 0);
  tell(`saw ${count}`);
  const n = await session.start({ address: counter, action: 'update', deadlineMs: 0 });
  await wait(Math.floor(draw() * 3));
  const entry = { version: 1, id: 'c', status: 'ok', applied: { count: count + 1 }, out: {}, needs: [] };
  await session.finish(n, { status: 'done', entry });
  tell(`wrote ${count + 1}`);
  const closed = await session.close();
  if (closed.status !== 'saved') throw new Error(`closed as ${JSON.stringify(closed)}`);
}

function drawDeath() {
  const kind = draw();
  const phase = ['before', 'half', 'after'][Math.floor(draw() * 3)];
  if (kind < 0.5) return { at: 'holding', operation: 1 + Math.floor(draw() * 26), phase };
  if (kind < 0.75) return { at: 'any moment', milliseconds: Math.floor(draw() * 12) };
  return { at: 'taking over', operation: 1 + Math.floor(draw() * 5), phase };
}

const last = 1 + Math.floor(draw() * job.holds);
for (hold = 1; hold <= last; hold += 1) {
  operations = 0;
  death = hold === last ? drawDeath() : { at: 'never' };
  await work();
}
