// How fast the client works through many requests when the workspace limits them, in real time, over real sockets:
// npm run bench:rate
import { connectionOf, createClient } from '@dpo/databricks';
import { startLocalWorkspace } from '@dpo/local-workspace';
import { setTimeout as wait } from 'node:timers/promises';

const requests = Number(process.env['DPO_BENCH_REQUESTS'] ?? 3000);
const rates = (process.env['DPO_BENCH_RATES'] ?? '15,30,100').split(',').map(Number);
const inFlight = 64;

const clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
  },
};

async function measure(perSecond) {
  const workspace = await startLocalWorkspace({
    directory: ':memory:',
    realism: { rateLimits: [{ match: '* /api/*', perSecond }] },
  });
  const answers = { ok: 0, limited: 0 };
  const client = createClient({
    connection: connectionOf({
      host: workspace.url,
      hostSource: 'bench',
      token: workspace.token,
      tokenSource: 'bench',
    }),
    clock,
    random: Math.random,
    userAgent: 'dpo-bench/1',
    onRequest: ({ outcome }) => {
      if (outcome === 429) answers.limited += 1;
      else answers.ok += 1;
    },
  });
  const startedAt = performance.now();
  let left = requests;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      // oxlint-disable-next-line no-await-in-loop
      await client.send({ method: 'GET', path: '/api/2.0/preview/scim/v2/Me' });
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  const seconds = (performance.now() - startedAt) / 1000;
  await client.close();
  await workspace.close();
  return { perSecond, seconds, ...answers };
}

process.stdout.write(
  `${requests} requests, ${inFlight} in flight; at most 1.15 of requests ÷ rate, at most 5 % of answers 429\n`,
);
const results = await Promise.all(rates.map(measure));
let missed = 0;
for (const { perSecond, seconds, ok, limited } of results) {
  const factor = seconds / (requests / perSecond);
  const share = limited / (ok + limited);
  const holds = factor <= 1.15 && share <= 0.05;
  if (!holds) missed += 1;
  process.stdout.write(
    `${String(perSecond).padStart(4)}/s  ${seconds.toFixed(1).padStart(6)} s  factor ${factor.toFixed(3)}  ${limited} of ${ok + limited} answers 429 (${(share * 100).toFixed(2)} %)  ${holds ? 'holds' : 'MISSED'}\n`,
  );
}
process.exitCode = missed === 0 ? 0 : 1;
