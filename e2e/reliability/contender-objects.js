// As contender.js, for a state in objects: one process that contends for it, works under its lock and is killed at a moment
// that its seed decides. The only argument is a JSON job.
import { openSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { createObjectStore, nodeFiles } from '@dpo/state';
import { blobsOf } from './object-place.js';

const job = JSON.parse(process.argv[2] ?? '{}');
const counter = 'monitor:prod.ml.counter';
const trace = openSync(job.trace, 'a');
let random = job.seed;
let hold = 0;
let holds = false;
let count = 0;
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

/** Counts a call of the part that `death` names, and dies before, during or after the one it names. */
async function counted(run) {
  if (holds) tell('step');
  if (death.at === 'holding' ? holds : death.at === 'taking') operations += 1;
  const now = operations > 0 && operations === death.operation ? death.phase : undefined;
  if (now === 'before') die();
  const running = run();
  if (now === 'during') setTimeout(die, draw() * 3);
  const result = await running;
  if (now === 'after') die();
  return result;
}

const { blobs, close } = blobsOf(job.place);
const watched = {
  location: blobs.location,
  get: (name) => counted(() => blobs.get(name)),
  list: (folder) => counted(() => blobs.list(folder)),
  delete: (name) => counted(() => blobs.delete(name)),
  putIfAbsent: async (name, text) => {
    if (holds && name.endsWith('.end')) {
      tell('leave');
      holds = false;
    }
    const put = await counted(() => blobs.putIfAbsent(name, text));
    // Until it is saved a result may be lost with the process; then it is an open intent.
    if (holds && name.startsWith('state/') && put === 'made') tell(`wrote ${count}`);
    return put;
  },
};

const store = createObjectStore({
  blobs: watched,
  clock: {
    now: () => Date.now(),
    sleep: async (milliseconds, signal) => {
      await wait(milliseconds, undefined, { signal });
    },
  },
  randomId: () => `${job.number}-${hold}-${Math.floor(draw() * 1e9)}`,
  writer: '0.0.0',
  rescue: { files: nodeFiles, path: job.rescue },
});

async function open() {
  const deadlineMs = 0;
  const announcement = { plan: {}, intents: [{ address: counter, action: 'update', deadlineMs }] };
  for (;;) {
    try {
      const session = await store.open(
        {
          id: `run-${String(job.number).padStart(5, '0')}-${hold}`,
          operation: 'apply',
          actor: 'contender',
          host: 'here',
          pid: process.pid,
          plan: 'p',
          owner: 'locks/locks',
          target: { name: 'locks', host: 'h', workspaceId: 'w', metastoreId: 'm' },
        },
        announcement,
      );
      tell('enter');
      holds = true;
      return session;
    } catch (error) {
      if (error?.problems?.[0]?.code !== 'STATE.LOCKED') throw error;
      await wait(1 + Math.floor(draw() * 30));
    }
  }
}

/** Reads a number, adds one and writes it, through the state. */
async function work() {
  const session = await open();
  if (death.at === 'any moment') setTimeout(die, death.milliseconds);
  count = Number(session.recorded.resources.get(counter)?.applied.count ?? 0);
  tell(`saw ${count}`);
  count += 1;
  const n = await session.start({ address: counter, action: 'update', deadlineMs: 0 });
  await wait(Math.floor(draw() * 3));
  const entry = { version: 1, id: 'c', status: 'ok', applied: { count }, out: {}, needs: [] };
  await session.finish(n, { status: 'done', entry });
  const closed = await session.close();
  if (closed.status !== 'saved') throw new Error(`closed as ${JSON.stringify(closed)}`);
}

function drawDeath() {
  const kind = draw();
  const phase = ['before', 'during', 'after'][Math.floor(draw() * 3)];
  if (kind < 0.5) return { at: 'holding', operation: 1 + Math.floor(draw() * 22), phase };
  if (kind < 0.75) return { at: 'any moment', milliseconds: Math.floor(draw() * 80) };
  return { at: 'taking', operation: 1 + Math.floor(draw() * 14), phase };
}

const last = 1 + Math.floor(draw() * job.holds);
for (hold = 1; hold <= last; hold += 1) {
  operations = 0;
  death = hold === last ? drawDeath() : { at: 'never' };
  await work();
}
await close();
