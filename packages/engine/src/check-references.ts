import { isSet, operationsOf, referencedNames, type Environment, type Op, type Plan, type Problem } from '@dpo/core';

/**
 * Whether every variable is set that the writes of a plan need. Asked before the first write, about all of them at once: a
 * plan that was saved may be applied where other variables are set.
 */
export function checkReferences(plan: Plan, environment: Environment): readonly Problem[] {
  const names = new Set(
    operationsOf(plan)
      .filter(sends)
      .flatMap(({ spec = {}, references = [] }) => referencedNames(spec, references)),
  );
  const missing = [...names].filter((name) => !isSet(name, environment)).toSorted();
  if (missing.length === 0) return [];
  const [noun, verb] = missing.length === 1 ? ['variable', 'is'] : ['variables', 'are'];
  return [
    {
      code: 'PLAN.ENV_MISSING',
      severity: 'error',
      message: `the plan needs the environment ${noun} ${missing.join(', ')}, which ${verb} not set here`,
      hint: 'a plan holds the name of a variable instead of its value: set it where the plan is applied',
    },
  ];
}

/** Operations that take something over, or let go of it, need no value. */
function sends({ action, mask = [] }: Op): boolean {
  return action === 'create' || action === 'replace' || mask.length > 0;
}
