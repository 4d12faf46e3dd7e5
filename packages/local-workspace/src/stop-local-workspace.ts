import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findLocalWorkspace } from './server-file.ts';

const patienceMilliseconds = 10_000;

/** Asks the workspace that runs on a directory to close and waits until its data file is free. False if none was running. */
export async function stopLocalWorkspace(directory: string): Promise<boolean> {
  const running = await findLocalWorkspace(directory);
  if (running === undefined) return false;
  const response = await fetch(`${running.url}/__local/stop`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${running.token}` },
  });
  await response.arrayBuffer();
  const attempts = patienceMilliseconds / 50;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    // The server file goes last, after the data file.
    if (!existsSync(join(directory, 'server.json'))) return true;
    // oxlint-disable-next-line no-await-in-loop
    await sleep(50);
  }
  return true;
}
