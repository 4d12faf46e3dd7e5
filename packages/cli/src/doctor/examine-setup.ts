import type { Examination } from '@dpo/core';
import type { OpenedProject } from '../project.ts';

export interface SetupRequest {
  readonly project: OpenedProject;
  /** Of dpo. */
  readonly version: string;
}

/** What can be said without a workspace: versions, the config and the name of the project. */
export function examineSetup({ project, version }: SetupRequest): readonly Examination[] {
  return [examineVersions(version), examineConfig(project), examineProject(project)];
}

function examineVersions(version: string): Examination {
  const { versions, platform, arch } = process;
  return { check: 'versions', verdict: 'pass', message: `dpo ${version}, node ${versions.node}, ${platform} ${arch}` };
}

function examineConfig({ loaded }: OpenedProject): Examination {
  const check = 'config';
  const mode = loaded.config.mode ?? 'full';
  const message = `${loaded.file}, target '${loaded.targetName}', mode ${mode}`;
  const errors = loaded.problems.filter(({ severity }) => severity === 'error');
  const warnings = loaded.problems.filter(({ severity }) => severity === 'warning');
  const hint = 'dpo validate names them';
  if (errors.length > 0)
    return { check, verdict: 'fail', message: `${message}: ${countOf(errors.length, 'error')}`, hint };
  if (warnings.length > 0) {
    return { check, verdict: 'warn', message: `${message}: ${countOf(warnings.length, 'warning')}`, hint };
  }
  return { check, verdict: 'pass', message };
}

/** Two configs without a name own each other's objects (W015). */
function examineProject({ loaded, name, local }: OpenedProject): Examination {
  const check = 'project';
  if (loaded.config.project !== undefined) return { check, verdict: 'pass', message: `'${name}'` };
  return {
    check,
    verdict: local ? 'pass' : 'warn',
    message: `the config names none, so that it is '${name}', as that of every such config`,
    ...(local ? {} : { hint: 'set project: an apply that nobody confirms is refused without it' }),
  };
}

function countOf(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
