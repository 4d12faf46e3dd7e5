import { spawn } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { isTimeout } from './is-timeout.ts';
import type { Environment } from './profile-file.ts';

export type CommandResult =
  | { readonly status: 'done'; readonly stdout: string }
  /** `said` is what it wrote to stderr. What it wrote to stdout may be a token and is not kept. */
  | { readonly status: 'failed'; readonly said: string; readonly exit: string }
  | { readonly status: 'timeout' }
  | { readonly status: 'not-run'; readonly said: string };

export interface Command {
  /** Absolute. */
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: Environment;
  /** Ends it and everything that it started. */
  readonly signal: AbortSignal;
}

const maximumBytes = 1 << 20;

/** Runs a program without a shell and without a terminal: it can ask nobody for anything. */
export async function runCommand(command: Command): Promise<CommandResult> {
  const { file, args, environment, signal } = command;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    // A group of its own, so that what the program starts ends with it.
    const grouped = process.platform !== 'win32';
    const child = spawn(file, [...args], {
      env: { ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      detached: grouped,
      windowsHide: true,
    });
    const texts = { stdout: '', stderr: '' };
    const finish = (settle: () => void): void => {
      signal.removeEventListener('abort', stop);
      settle();
    };
    const kill = (): void => {
      end(child.pid, grouped);
      child.stdout.destroy();
      child.stderr.destroy();
      child.unref();
    };
    const stop = (): void => {
      kill();
      const reason: unknown = signal.reason;
      finish(() => (isTimeout(reason) ? resolve({ status: 'timeout' }) : reject(reason as Error)));
    };
    signal.addEventListener('abort', stop, { once: true });
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text;
        if (texts[name].length <= maximumBytes) return;
        kill();
        finish(() => resolve({ status: 'failed', exit: 'it wrote more than a token', said: '' }));
      });
    }
    child.once('error', (error) => finish(() => resolve({ status: 'not-run', said: error.message })));
    child.once('close', (code, by) => {
      const exit = code === null ? `it was ended by ${String(by)}` : `exit status ${String(code)}`;
      finish(() =>
        resolve(code === 0 ? { status: 'done', stdout: texts.stdout } : { status: 'failed', said: texts.stderr, exit }),
      );
    });
  });
}

function end(pid: number | undefined, grouped: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(grouped ? -pid : pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/**
 * Where a program is: a name is looked for in the folders of PATH that are absolute, never in the working directory, a path
 * is taken as it is. `undefined`: nowhere, or nobody may run it.
 */
export async function findCommand(name: string, environment: Environment): Promise<string | undefined> {
  if (name.includes('/') || name.includes('\\')) return (await isProgram(name)) ? name : undefined;
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, name);
    if (isAbsolute(folder) && (await isProgram(file))) return file;
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
