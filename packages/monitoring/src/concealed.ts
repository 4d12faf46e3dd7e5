import { conceal, type LoadedConfig } from '@dpo/config';
import type { Desired, Problem } from '@dpo/core';

/** The same, without a value of the environment in what it says: settings are quoted as the config writes them. */
export function concealed({ references }: LoadedConfig, desired: Desired): Desired {
  if (references.length === 0) return desired;
  const told = (problem: Problem): Problem => conceal(problem, references);
  return {
    ...desired,
    skipped: desired.skipped.map((skip) => {
      const { message } = told({ code: skip.code, severity: 'note', message: skip.reason });
      return { ...skip, reason: message };
    }),
    undecided: desired.undecided.map(({ address, problem }) => ({ address, problem: told(problem) })),
    problems: desired.problems.map(told),
  };
}
