import { kindOf, nameOf } from '../address.ts';
import { listPathOf } from '../diff/element-path.ts';
import { isOneOf, type Principal } from '../doctor/rights.ts';
import type { Observation } from '../live.ts';
import type { Op } from '../plan-file.ts';
import type { Problem } from '../problem.ts';
import { ownerStatement } from '../sql/grant-statements.ts';

export interface OwnershipCheck {
  readonly op: Op;
  /** As it is right before the first write; missing for what is not there. */
  readonly now: Observation | undefined;
  readonly me: Principal;
}

/**
 * What the identity may not do although it may see it (W004): a view or a schema is altered by its owner alone, for which
 * MANAGE is not enough, and handed over only to oneself or to a group one is in, or by a metastore admin (corrections, 2).
 * An owner that cannot be seen blocks nothing.
 */
export function ownershipProblem({ op, now, me }: OwnershipCheck): Problem | undefined {
  const kind = kindOf(op.address);
  if (kind !== 'view' && kind !== 'schema') return undefined;
  const target = { type: kind, name: nameOf(op.renamed_from ?? op.address), address: op.address };
  const admin = me.metastoreAdmin === 'yes';
  // One that the environment names is not known here; the service has the last word.
  const wanted = op.references?.includes('owner') === true ? undefined : textOf(op.spec?.['owner']);
  const handsOver = !admin && wanted !== undefined && !isOneOf(me, wanted);
  if (op.action === 'create' || op.action === 'replace') {
    return handsOver ? unreachable(target, { wanted, me, isThere: false }) : undefined;
  }
  // Grants take no owner: MANAGE is enough for them.
  const mask = (op.mask ?? []).filter((path) => listPathOf(path) !== 'access');
  if ((op.action !== 'update' && op.action !== 'adopt') || mask.length === 0) return undefined;
  const owner = now?.status === 'present' ? textOf(now.fields['owner']) : undefined;
  const onlyOwner = mask.every((path) => path === 'owner');
  if (owner !== undefined && !isOneOf(me, owner) && !(admin && onlyOwner)) {
    return notOurs(target, { owner, wanted, me });
  }
  return handsOver && mask.includes('owner') ? unreachable(target, { wanted, me, isThere: true }) : undefined;
}

interface Target {
  readonly type: 'view' | 'schema';
  readonly name: string;
  readonly address: Op['address'];
}

function notOurs(
  { address, ...target }: Target,
  { owner, wanted, me }: { readonly owner: string; readonly wanted: string | undefined; readonly me: Principal },
): Problem {
  const heir = wanted !== undefined && isOneOf(me, wanted) ? wanted : me.userName;
  return {
    code: 'PLAN.NOT_OWNER',
    severity: 'error',
    address,
    message: `${target.type} ${target.name} belongs to '${owner}', and only its owner may alter it: ${me.userName} is neither that nor a member`,
    hint: `MANAGE is not enough; add ${me.userName} to '${owner}' if that is a group, or let its owner or a metastore admin run: ${ownerStatement(target, heir)}`,
  };
}

function unreachable(
  { address, ...target }: Target,
  { wanted, me, isThere }: { readonly wanted: string; readonly me: Principal; readonly isThere: boolean },
): Problem {
  const statement = ownerStatement(target, wanted);
  const admin = isThere
    ? `let a metastore admin run: ${statement}`
    : `apply without 'owner' and then let a metastore admin run: ${statement}`;
  return {
    code: 'PLAN.OWNER_NOT_OURS',
    severity: 'error',
    address,
    message: `${target.type} ${target.name} cannot be handed to '${wanted}': ${me.userName} is not a member of it, and no metastore admin`,
    hint: `add ${me.userName} to '${wanted}', or ${admin}`,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
