// Drives a served embedded workspace with the official clients. Arguments are areas; without any, all of them.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { preparePython } from './prepare-python.js';
import { runClient } from './run-client.js';
import { startWorkspace } from './start-workspace.js';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const write = (line) => process.stdout.write(`${line}\n`);

const all = JSON.parse(await readFile(path('areas.json'), 'utf8'));
const asked = process.argv.slice(2);
const unknown = asked.find((area) => !all.includes(area));
if (unknown !== undefined) throw new Error(`there is no area '${unknown}'; there are ${all.join(', ')}`);
const areas = asked.length === 0 ? all : asked;

// The TypeScript client of version 0.17.0 ends every list at an empty page.
const results = [await run({ emptyPages: false, command: process.execPath, args: [path('typescript/run.js')] })];
const python = await preparePython(path('python/requirements.txt'));
if ('reason' in python) write(`python: skipped, ${python.reason}`);
else results.push(await run({ emptyPages: true, command: python.executable, args: ['-B', path('python/run.py')] }));
process.exitCode = results.every(Boolean) ? 0 : 1;

async function run({ emptyPages, ...client }) {
  const workspace = await startWorkspace({ emptyPages });
  try {
    return await runClient({ ...client, task: { areas, connection: workspace.connection } });
  } finally {
    await workspace.close();
  }
}
