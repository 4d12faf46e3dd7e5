import { readFile, writeFile } from 'node:fs/promises';
import { DpoError } from '@dpo/core';
import type { Probed } from '@dpo/databricks';

/** What a probe saw, in the form that `dpo local start --behaviour FILE` replays. */
export interface BehaviourProfile {
  readonly format: 'dpo.behaviour/1';
  /** The workspace. */
  readonly source: string;
  readonly recorded_at: string;
  /** Only what was seen; of everything else the embedded workspace does what is documented. */
  readonly switches: Readonly<Record<string, string>>;
  readonly unseen: Probed['unseen'];
}

export function profileOf({ seen, unseen }: Probed, source: string, now: number): BehaviourProfile {
  return {
    format: 'dpo.behaviour/1',
    source,
    recorded_at: new Date(now).toISOString(),
    switches: Object.fromEntries(seen.map(({ name, value }) => [name, value])),
    unseen,
  };
}

/** Throws `DOCTOR.NOT_WRITTEN` before anything is probed: what is there and is no profile is not written over. */
export async function checkBehaviourFile(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw notWritten(file, error);
  });
  if (text === undefined || text.includes('"dpo.behaviour/1"')) return;
  throw notWritten(file, new Error('it holds something else'));
}

export async function writeBehaviourFile(file: string, profile: BehaviourProfile): Promise<void> {
  await writeFile(file, `${JSON.stringify(profile, undefined, 2)}\n`).catch((error: unknown) => {
    throw notWritten(file, error);
  });
}

function notWritten(file: string, cause: unknown): DpoError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `the profile cannot be written to '${file}': ${reason}`;
  const hint = 'name another file with --out';
  return new DpoError([{ code: 'DOCTOR.NOT_WRITTEN', severity: 'error', message, hint }], { cause });
}
