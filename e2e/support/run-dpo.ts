import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const binary = fileURLToPath(new URL('../../packages/cli/bin/run.js', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The environment of a machine that knows no Databricks: no variable, and a home without a profile. Only the behaviour
 * that the suite runs under is passed on.
 */
export function bareEnvironment(home: string): NodeJS.ProcessEnv {
  const known = Object.entries(process.env).filter(
    ([name]) => !/^(DATABRICKS_|DPO_(?!LOCAL_BEHAVIOUR)|ARM_|GITHUB_|NODE_OPTIONS|NO_COLOR|FORCE_COLOR)/u.test(name),
  );
  return { ...Object.fromEntries(known), HOME: home };
}

/** Runs a program to its end; `home` is its working directory and the user's home. */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: { readonly home: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Ran> {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: options.home,
    env: { ...bareEnvironment(options.home), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}
