import { fail, type Address, type ManagedStateStore, type Recorded, type Run } from '@dpo/core';
import { BaseCommand } from './base-command.ts';
import { systemClock } from './clock.ts';
import type { LockFlags, ProjectFlags, WorkspaceFlags } from './flags.ts';
import { hiddenTextsOf } from './hidden-texts.ts';
import { withPatience } from './patience.ts';
import { openProject, type OpenedProject, type PlacedProject } from './project.ts';
import { runIdentity } from './run-identity.ts';
import { connect, type Connected } from './session.ts';
import { listenToSignals } from './signals.ts';
import { suggestAddress } from './suggest.ts';

export type StateFlags = ProjectFlags & WorkspaceFlags;

/** A command on the state alone: it connects to a workspace only if the state is in a volume of it. */
export abstract class StateCommand extends BaseCommand {
  #connected: Connected | undefined;

  protected async openState(flags: StateFlags, ...others: readonly string[]): Promise<PlacedProject> {
    this.configFile = flags.config ?? null;
    const log = this.openLog(flags);
    const shared = { flags, version: this.config.version, environment: process.env, directory: process.cwd() };
    const project = await openProject(shared);
    this.configFile = project.loaded.file;
    const inVolume = project.place.backend === 'volume' || others.some((place) => place.startsWith('volume:'));
    if (!inVolume) return project;
    const chosen = project.loaded.target.workspace;
    const never = new AbortController().signal;
    this.#connected = await connect({
      ...shared,
      log,
      emit: () => undefined,
      signals: { stop: never, abort: never },
      local: project.local,
      choice: chosen === undefined || chosen === 'local' ? undefined : chosen,
    });
    this.#connected.client.hide(hiddenTextsOf(project.loaded, process.env));
    project.slot.fill(this.#connected.client);
    return project;
  }

  protected override async finally(error: Error | undefined): Promise<unknown> {
    await this.#connected?.close();
    return super.finally(error);
  }

  /** A change of the state: waits for its lock as the flags say; a signal ends the waiting. */
  protected async change<T>(
    project: OpenedProject,
    flags: LockFlags,
    work: (store: ManagedStateStore) => Promise<T>,
  ): Promise<T> {
    const report = this.openReport(undefined);
    const signals = listenToSignals((signal, cutOff) => report.stopping(signal, cutOff));
    try {
      const waiting = { flags, environment: process.env, emit: report.emit, signal: signals.stop };
      return await work(withPatience(project, waiting).store);
    } finally {
      signals.release();
    }
  }

  /** Who changes the state, for its lock and history. It stays where it belongs, whatever this machine is connected to. */
  protected runOf(project: OpenedProject, recorded: Recorded, operation: Run['operation']): Run {
    return {
      ...runIdentity(process.env, systemClock.now()),
      operation,
      plan: '',
      owner: recorded.owner ?? `${project.name}/${project.loaded.targetName}`,
      target: recorded.target ?? { name: project.loaded.targetName, host: '', workspaceId: '', metastoreId: '' },
    };
  }
}

/** The recorded address that a text names, ignoring case; throws with the closest ones. */
export function recordedAddress(recorded: Recorded, text: string): Address {
  const wanted = text.toLowerCase();
  const known = [...recorded.resources.keys()];
  const found = known.find((address) => address === wanted);
  if (found !== undefined) return found;
  fail({
    code: 'STATE.UNKNOWN_ADDRESS',
    message: `the state knows no '${text}'`,
    hint: suggestAddress(text, known) ?? 'see what it knows: dpo state list',
  });
}
