import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const binary = fileURLToPath(new URL('../../packages/cli/bin/run.js', import.meta.url));

/** For a process that lives for a second or two: what is compiled for speed costs a fifth of its time, and is never used. */
export const shortLived: readonly string[] = ['--no-opt'];

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The environment of a person's machine that knows no Databricks: no variable, and a home without a profile. Only the
 * behaviour that the suite runs under is passed on.
 */
export function bareEnvironment(home: string): NodeJS.ProcessEnv {
  const known = Object.entries(process.env).filter(
    ([name]) =>
      !/^(DATABRICKS_|DPO_(?!LOCAL_BEHAVIOUR)|ARM_|GITHUB_|ACTIONS_|SYSTEM_|GOOGLE_CREDENTIALS$|CI$|TF_BUILD$|NODE_OPTIONS|NO_COLOR|FORCE_COLOR)/u.test(
        name,
      ),
  );
  return { ...Object.fromEntries(known), HOME: home };
}

export interface RunOptions {
  readonly home: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface Started {
  readonly ended: Promise<Ran>;
  /** Settles when stderr holds the text, or the program has ended. */
  says(text: string): Promise<void>;
  signal(name: NodeJS.Signals): void;
}

/** Runs a program to its end; `home` is its working directory and the user's home. */
export async function runProgram(file: string, args: readonly string[], options: RunOptions): Promise<Ran> {
  return startProgram(file, args, options).ended;
}

/** Starts a program, to listen to it and to send it signals while it works. */
export function startProgram(file: string, args: readonly string[], options: RunOptions): Started {
  const child = spawn(process.execPath, [...(file === binary ? shortLived : []), file, ...args], {
    cwd: options.home,
    env: { ...bareEnvironment(options.home), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ran>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  const said = async (wanted: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (stderr.includes(wanted)) resolve();
      };
      child.stderr.on('data', look);
      look();
    });
  return {
    ended,
    says: async (text) => Promise.race([said(text), ended.then(() => undefined)]),
    signal: (name) => child.kill(name),
  };
}
