import { ownerText, type Emit, type Run } from '@dpo/core';
import { patientStore } from '@dpo/state';
import { systemClock } from './clock.ts';
import { lockTimeoutOf } from './lock-timeout.ts';
import type { LockFlags } from './flags.ts';
import type { OpenedProject, Project } from './project.ts';
import { runIdentity } from './run-identity.ts';
import type { Session } from './session.ts';

export interface PatienceRequest {
  readonly flags: LockFlags;
  readonly environment: NodeJS.ProcessEnv;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** The same project, waiting for the lock of its state as long as the flags say, and saying so. */
export function withPatience(
  project: OpenedProject,
  { flags, environment, emit, signal }: PatienceRequest,
): OpenedProject {
  const timeoutMs = lockTimeoutOf(flags, environment);
  if (timeoutMs === 0) return project;
  const store = patientStore(project.store, {
    timeoutMs,
    clock: systemClock,
    signal,
    onWait: ({ message }, milliseconds) => emit({ type: 'waiting', reason: message, milliseconds }),
  });
  return { ...project, store };
}

/**
 * Whoever is about to write looks at the lock before planning: a plan that is made beside another run first waits for that
 * run's requests, and is stale once the lock is free. Writes nothing where nobody holds the state.
 */
export async function waitForTurn(
  { project, session }: { readonly project: Project; readonly session: Session },
  operation: Run['operation'],
): Promise<void> {
  // A lock that names no holder is one too.
  const held = await project.store.holder().then(
    (holder) => holder !== undefined,
    () => true,
  );
  if (!held) return;
  const turn = await project.store.open({
    ...runIdentity(process.env, systemClock.now()),
    operation,
    plan: '',
    owner: ownerText(project.owner),
    target: session.target,
  });
  await turn.close();
}
