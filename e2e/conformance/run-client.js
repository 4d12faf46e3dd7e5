import { spawn } from 'node:child_process';

/** Runs a client as a process of its own, with what it prints going straight out; answers whether all its checks passed. */
export async function runClient({ command, args, task, env = process.env }) {
  const child = spawn(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...withoutDatabricks(env), DPO_CONFORMANCE: JSON.stringify(task) },
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => resolve(status ?? 1));
  });
  return code === 0;
}

/** Nobody's own settings may lead a client to a real workspace. */
function withoutDatabricks(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('DATABRICKS_')));
}
