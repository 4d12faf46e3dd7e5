import { isDpoError, type Problem } from '@dpo/core';
import type { Check } from '@dpo/render';
import { checksOf } from './checks-of.ts';
import { openProject, type ProjectRequest } from './project.ts';

/** What came of loading a config without doing anything with it. */
export interface CheckedConfig {
  readonly problems: readonly Problem[];
  readonly checks: readonly Check[];
  /** Undefined if it has an error. */
  readonly valid: { readonly target: string; readonly tables: number } | undefined;
}

/** Loads a config. Its faults are part of the answer; any other one is thrown. `areas`: those that have codes. */
export async function checkConfig(
  request: Omit<ProjectRequest, 'offline'>,
  areas: ReadonlySet<string>,
): Promise<CheckedConfig> {
  try {
    const { loaded } = await openProject({ ...request, offline: true });
    const { problems, config, targetName } = loaded;
    const tables = Object.keys(config.monitored_tables ?? {}).length;
    return { problems, checks: checksOf(problems, areas) ?? [], valid: { target: targetName, tables } };
  } catch (error) {
    const problems = isDpoError(error) ? error.problems : [];
    const checks = checksOf(problems, areas);
    if (problems.length === 0 || checks === undefined) throw error;
    return { problems, checks, valid: undefined };
  }
}
