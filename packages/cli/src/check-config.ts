import { lintConfig, type CheckedAtPlan } from '@dpo/config';
import { isDpoError, type Problem } from '@dpo/core';
import type { Check } from '@dpo/render';
import { checksOf } from './checks-of.ts';
import { openProject, type OpenedProject, type ProjectRequest } from './project.ts';

/** What came of loading a config without doing anything with it. */
export interface CheckedConfig {
  readonly problems: readonly Problem[];
  readonly checks: readonly Check[];
  /** Rules of the policy that only a plan can decide for every table. */
  readonly atPlan: readonly CheckedAtPlan[];
  /** Undefined if it has an error. */
  readonly valid: { readonly target: string; readonly tables: number } | undefined;
  /** To go on with, if it has no error. */
  readonly opened?: OpenedProject;
}

/** Loads a config, by itself if `offline` is set. Its faults are part of the answer; any other one is thrown. `areas`: those that have codes. */
export async function checkConfig(request: ProjectRequest, areas: ReadonlySet<string>): Promise<CheckedConfig> {
  try {
    const opened = await openProject(request);
    const { loaded } = opened;
    const { config, targetName, policy } = loaded;
    const problems = [...loaded.problems, ...lintConfig(loaded)];
    const tables = Object.keys(config.monitored_tables ?? {}).length;
    const isValid = problems.every(({ severity }) => severity !== 'error');
    const valid = isValid ? { target: targetName, tables } : undefined;
    return { problems, checks: checksOf(problems, areas) ?? [], atPlan: policy.atPlan, valid, opened };
  } catch (error) {
    const problems = isDpoError(error) ? error.problems : [];
    const checks = checksOf(problems, areas);
    if (problems.length === 0 || checks === undefined) throw error;
    return { problems, checks: checks.map(withoutLint), atPlan: [], valid: undefined };
  }
}

/** Advice on a config that is faulty would be about something else than what is meant: it is not given. */
function withoutLint(check: Check): Check {
  return check.name === 'lint' ? { ...check, status: 'skipped' } : check;
}
