import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fail } from '@dpo/core';
import { systemClock } from './clock.ts';

const startTimeoutMs = 60_000;

/** Said by the foreground process once the seed is loaded; whoever waits for it looks for this line. */
export function readyLine(url: string): string {
  return `embedded workspace at ${url}`;
}

const readyPattern = /^embedded workspace at (\S+)$/mu;

export interface BackgroundRequest {
  /** Script that runs the command. */
  readonly script: string;
  /** Words of the command that stays in the foreground. */
  readonly words: readonly string[];
  /** Where the process writes `server.log`. */
  readonly directory: string;
}

/** Starts a process that outlives this one and waits until it is ready; gives the URL of its workspace. */
export async function startInBackground({ script, words, directory }: BackgroundRequest): Promise<string> {
  await mkdir(directory, { recursive: true });
  const logFile = join(directory, 'server.log');
  const log = await open(logFile, 'w', 0o600);
  const child = spawn(process.execPath, [script, ...words], { detached: true, stdio: ['ignore', log.fd, log.fd] });
  const ended = new Promise<'ended'>((done) => child.once('exit', () => done('ended')));
  await log.close();
  const until = systemClock.now() + startTimeoutMs;
  while (systemClock.now() < until) {
    const url = readyPattern.exec(await readFile(logFile, 'utf8'))?.[1];
    if (url !== undefined) {
      child.unref();
      return url;
    }
    if ((await Promise.race([ended, systemClock.sleep(100)])) === 'ended') break;
  }
  const said = (await readFile(logFile, 'utf8')).split('\n').map((line) => line.trim());
  const reason = said.filter((line) => line !== '').slice(0, 2);
  return fail({
    code: 'LOCAL.NOT_STARTED',
    message: ['the embedded workspace did not start', ...reason].join(': '),
    hint: `all that it said is in ${relative(process.cwd(), logFile)}`,
  });
}
