import { runChecks } from './run-checks.js';
import { createWorld } from './world.js';

const { connection, areas } = JSON.parse(process.env['DPO_CONFORMANCE']);
const failed = await runChecks({
  areas,
  createWorld: () => createWorld(connection),
  write: (line) => process.stdout.write(`${line}\n`),
});
process.exit(failed === 0 ? 0 : 1);
