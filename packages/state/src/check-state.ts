import type { Problem, Recorded, TargetIdentity } from '@dpo/core';

/** Who is about to use a state. */
export interface StateUser {
  /** `project/target` */
  readonly owner: string;
  readonly target: TargetIdentity;
}

/**
 * Whether a state belongs to this project, target, workspace and metastore. Nothing recorded belongs to everybody; the
 * host may differ while the ids are the same. To be asked before anything else is done with a state.
 */
export function checkState(recorded: Recorded, user: StateUser): readonly Problem[] {
  const { owner, target } = recorded;
  return [
    ...differ('STATE.OTHER_OWNER', 'owner', [owner, user.owner]),
    ...differ('STATE.OTHER_WORKSPACE', 'workspace', [target?.workspaceId, user.target.workspaceId]),
    ...differ('STATE.OTHER_METASTORE', 'metastore', [target?.metastoreId, user.target.metastoreId]),
  ];
}

const remedies = {
  'STATE.OTHER_OWNER':
    'use the project and target the state was made for, or name another place for the state with --state',
  'STATE.OTHER_WORKSPACE': 'check host and profile, or give each workspace a target of its own',
  'STATE.OTHER_METASTORE': 'check host and profile, or give each workspace a target of its own',
};

function differ(
  code: keyof typeof remedies,
  noun: string,
  [recorded, used]: readonly [string | undefined, string],
): readonly Problem[] {
  if (recorded === undefined || recorded === used) return [];
  return [
    {
      code,
      severity: 'error',
      message: `the state belongs to ${noun} ${recorded}, this run uses ${noun} ${used}`,
      hint: remedies[code],
    },
  ];
}
