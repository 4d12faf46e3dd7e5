import type { Emit } from '@dpo/core';
import { BaseCommand } from './base-command.ts';
import type { EventFlags, ProjectFlags, WorkspaceFlags } from './flags.ts';
import { hiddenTextsOf } from './hidden-texts.ts';
import { openProject, type OpenedProject } from './project.ts';
import { choiceOf, connect, type Connected } from './session.ts';
import { listenToSignals } from './signals.ts';

/** What the doctor works with: a config, and a way to connect that may fail. */
export interface Consultation {
  readonly project: OpenedProject;
  readonly connect: () => Promise<Connected>;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Opens a config without connecting, as it is part of the question whether that works. */
export abstract class ConsultingCommand extends BaseCommand {
  protected async consult<T>(
    flags: ProjectFlags & WorkspaceFlags & EventFlags,
    work: (consultation: Consultation) => Promise<T>,
  ): Promise<T> {
    const log = this.openLog(flags);
    const report = this.openReport(flags.events);
    const { emit } = report;
    const signals = listenToSignals((signal, cutOff) => report.stopping(signal, cutOff));
    const shared = { flags, version: this.config.version, environment: process.env, directory: process.cwd() };
    this.configFile = flags.config ?? null;
    try {
      const project = await openProject(shared);
      this.configFile = project.loaded.file;
      const open = async (): Promise<Connected> => {
        const connected = await connect({ ...shared, ...choiceOf(project), signals, log, emit });
        connected.client.hide(hiddenTextsOf(project.loaded, process.env));
        return connected;
      };
      const done = await work({ project, connect: open, emit, signal: signals.stop });
      report.clear();
      return done;
    } finally {
      signals.release();
    }
  }
}
