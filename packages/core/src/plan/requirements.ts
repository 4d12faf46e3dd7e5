import type { Op, Plan, Requirement } from '../plan-file.ts';

/** Consent given with flags; none of it is implied by approving a plan (C24). */
export interface Consent {
  /** At most this many deletes. */
  readonly allowDeletes?: number;
  readonly allowReplace?: boolean;
}

/**
 * What the flags do not cover: more than max(3, a tenth of what is managed) deletes, and replaces that lose something.
 * A replace by identity loses nothing if what it replaces is gone. A destroy is consented to by naming the target instead.
 */
export function requirementsOf(
  plan: Pick<Plan, 'mode'> & { readonly ops: readonly Op[]; readonly managed: number },
  consent: Consent,
): readonly Requirement[] {
  if (plan.mode !== 'apply') return [];
  const found: Requirement[] = [];
  const deletes = plan.ops.filter((op) => op.action === 'delete').length;
  const free = Math.max(3, Math.floor(plan.managed / 10));
  if (deletes > (consent.allowDeletes ?? free)) {
    const message =
      consent.allowDeletes === undefined
        ? `${String(deletes)} deletes: more than the ${String(free)} that run without asking`
        : `${String(deletes)} deletes: more than the ${String(consent.allowDeletes)} that are allowed`;
    found.push({ flag: '--allow-deletes', value: deletes, message });
  }
  const losing = plan.ops.filter((op) => op.action === 'replace' && op.lost.length > 0);
  if (losing.length > 0 && consent.allowReplace !== true) {
    found.push({
      flag: '--allow-replace',
      message: `what is replaced loses something: ${losing
        .map((op) => op.address)
        .slice(0, 3)
        .join(', ')}${losing.length > 3 ? ', …' : ''}`,
    });
  }
  return found;
}

/** What flags given with a plan document do not cover: what it still requires, and deletes beyond the flag's number. */
export function uncovered(plan: Pick<Plan, 'mode' | 'ops' | 'requires'>, consent: Consent): readonly Requirement[] {
  if (consent.allowDeletes !== undefined) {
    const { requires, ...document } = plan;
    const deletes = requirementsOf({ ...document, managed: 0 }, consent).filter(
      ({ flag }) => flag === '--allow-deletes',
    );
    return [...deletes, ...requires.filter(({ flag }) => flag === '--allow-replace' && consent.allowReplace !== true)];
  }
  return plan.requires.filter(({ flag }) => flag === '--allow-deletes' || consent.allowReplace !== true);
}
