import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { shortLived } from '../support/run-dpo.ts';

export interface ChildJob {
  readonly config: string;
  readonly state: string;
  readonly mode: 'apply' | 'destroy';
  /** Of a destroy: with `--purge-metrics`. */
  readonly purges?: boolean;
  readonly url: string;
  readonly token: string;
  readonly warehouseId: string;
  readonly parallelism: number;
  readonly deadlineMs: number;
  /** Plan and apply a second time and report on it. */
  readonly again: boolean;
  readonly kill?: { readonly operation: number; readonly phase: 'before' | 'half' | 'after' };
}

export interface ChildReport {
  readonly first: {
    readonly operations: readonly string[];
    readonly outcomes: readonly { readonly status: string }[];
    readonly state: string;
  };
  readonly second?: { readonly operations: readonly string[] };
  readonly fileOperations: number;
  readonly requests: number;
  readonly secondWrites: number;
  readonly sameBytes: boolean;
}

export type ChildEnd =
  | { readonly status: 'killed' }
  | { readonly status: 'ended'; readonly report: ChildReport }
  | { readonly status: 'failed'; readonly stderr: string };

/** Runs the engine in a process of its own; `onStart` gets what kills it. */
export async function runChild(job: ChildJob, onStart: (kill: () => void) => void = () => {}): Promise<ChildEnd> {
  const script = fileURLToPath(new URL('child.js', import.meta.url));
  const child = spawn(process.execPath, [...shortLived, script, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onStart(() => child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const { code, signal } = await new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('close', (exit, by) => resolve({ code: exit, signal: by }));
  });
  if (signal === 'SIGKILL') return { status: 'killed' };
  // The report was written by our own child script.
  return code === 0 ? { status: 'ended', report: JSON.parse(stdout) as ChildReport } : { status: 'failed', stderr };
}
