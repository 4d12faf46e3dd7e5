import { isDpoError, type Problem } from '@dpo/core';
import type { CheckedConfig } from './check-config.ts';
import { checkFor, checkWorkspace, workspaceChecks, type CheckedWorkspace } from './check-workspace.ts';
import type { WorkspaceFlags } from './flags.ts';
import type { Log } from './log.ts';
import { ownedBy, type OpenedProject } from './project.ts';
import type { Report } from './report.ts';
import { openSession } from './session.ts';
import { listenToSignals } from './signals.ts';

export interface WithWorkspaceRequest {
  readonly flags: WorkspaceFlags;
  readonly version: string;
  readonly log: Log;
  readonly report: Report;
}

/** What was found in the file and, if that is sound, in its workspace. */
export async function withWorkspace(inFile: CheckedConfig, request: WithWorkspaceRequest): Promise<CheckedConfig> {
  const { opened, valid, problems: told } = inFile;
  const found =
    opened === undefined || valid === undefined
      ? { problems: [], checks: workspaceChecks.map((name) => checkFor(name, [], false)) }
      : await inWorkspace(opened, told, request);
  const isValid = found.problems.every(({ severity }) => severity !== 'error');
  const checks = [...inFile.checks, ...found.checks];
  return { problems: [...told, ...found.problems], checks, atPlan: [], valid: isValid ? valid : undefined };
}

/** Connects and checks; what keeps it from connecting is a finding. */
async function inWorkspace(
  opened: OpenedProject,
  told: readonly Problem[],
  request: WithWorkspaceRequest,
): Promise<CheckedWorkspace> {
  const { report } = request;
  const signals = listenToSignals((signal, cutOff) => report.stopping(signal, cutOff));
  const surroundings = { environment: process.env, directory: process.cwd() };
  try {
    const session = await openSession({ ...request, ...surroundings, project: opened, signals, emit: report.emit });
    try {
      const project = ownedBy(session.userName, opened);
      return await checkWorkspace({ project, session, told }, session.context(signals.stop));
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!isDpoError(error)) throw error;
    const [first, ...others] = workspaceChecks;
    const failed = checkFor(first, error.problems, true);
    return { problems: error.problems, checks: [failed, ...others.map((name) => checkFor(name, [], false))] };
  } finally {
    signals.release();
    report.clear();
  }
}
