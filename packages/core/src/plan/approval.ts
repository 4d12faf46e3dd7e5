import type { Address } from '../address.ts';
import { hashJson, hashText } from '../hash.ts';
import type { Op, Plan } from '../plan-file.ts';
import { asJson, decisionOf } from './seal.ts';

/**
 * What somebody approved. A bare fingerprint says whether another plan is the same; with `ops` it also says which of its
 * operations were approved.
 */
export interface Approval {
  /** 16 to 64 hex digits, the beginning of the plan's fingerprint. */
  readonly fingerprint: string;
  /** For what the plan was made: mode, owner, target and selection. */
  readonly place?: string;
  /** Key of an address → key of what was decided about it. */
  readonly ops?: ReadonlyMap<string, string>;
}

export type ApprovalPart = Pick<Plan, 'mode' | 'owner' | 'target' | 'scope' | 'ops'>;

/** How an operation stands to an approval that names operations. */
export type Standing = 'approved' | 'changed' | 'new';

const addressDigits = 12;
const decisionDigits = 16;
const placeDigits = 16;

/** The approval of a plan, as one word: `fp:FINGERPRINT.PLACE.OPS`, all hex digits. */
export function approvalText(plan: Plan): string {
  const ops = plan.ops.map((op) => `${addressKey(op.address)}${decisionKey(op)}`);
  return `fp:${plan.fingerprint}.${placeKey(plan)}.${ops.join('')}`;
}

export function approvalOf(plan: Plan): Approval {
  const ops = new Map(plan.ops.map((op) => [addressKey(op.address), decisionKey(op)]));
  return { fingerprint: plan.fingerprint, place: placeKey(plan), ops };
}

/** Reads a fingerprint as people see it, any beginning of at least 16 digits of it, or an `approvalText`; undefined for another text. */
export function readApproval(text: string): Approval | undefined {
  const [print = '', place, digits] = text.trim().toLowerCase().replace(/^fp:/u, '').replaceAll('-', '').split('.');
  if (!/^[0-9a-f]{16,64}$/u.test(print)) return undefined;
  if (place === undefined) return { fingerprint: print };
  const size = addressDigits + decisionDigits;
  const isWhole = digits !== undefined && digits.length % size === 0 && /^[0-9a-f]*$/u.test(digits);
  if (!isWhole || !new RegExp(`^[0-9a-f]{${String(placeDigits)}}$`, 'u').test(place)) return undefined;
  const words = digits.match(new RegExp(`.{${String(size)}}`, 'gu')) ?? [];
  const ops = new Map(words.map((word) => [word.slice(0, addressDigits), word.slice(addressDigits)]));
  return { fingerprint: print, place, ops };
}

export function isSamePlan(approval: Approval, plan: Pick<Plan, 'fingerprint'>): boolean {
  return plan.fingerprint.startsWith(approval.fingerprint);
}

/** Undefined when the approval names no operations, or was given for another target, mode or selection. */
export function standingsOf(approval: Approval, plan: ApprovalPart): ((op: Op) => Standing) | undefined {
  const { ops, place } = approval;
  if (ops === undefined || place !== placeKey(plan)) return undefined;
  return (op) => {
    const decided = ops.get(addressKey(op.address));
    if (decided === undefined) return 'new';
    return decided === decisionKey(op) ? 'approved' : 'changed';
  };
}

function addressKey(address: Address): string {
  return hashText(address).slice(0, addressDigits);
}

/** Not `needs`: an operation is the same whether or not what it rests on still has to be made. */
function decisionKey({ needs: _needs, ...op }: Op): string {
  return hashJson(decisionOf({ ...op, needs: [] })).slice(0, decisionDigits);
}

/** Without the counts of a scope, which a living catalog changes, and without what was read, which decides nothing. */
function placeKey({ mode, owner, target, scope: { partial, select, exclude, readiness } }: ApprovalPart): string {
  return hashJson(
    asJson({
      mode,
      owner,
      target,
      scope: { partial, select, exclude, ...(readiness === undefined ? {} : { readiness }) },
    }),
  ).slice(0, placeDigits);
}
