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
  if (plan.mode === 'destroy') return [];
  const found: Requirement[] = [];
  const deletes = plan.ops.filter((op) => op.action === 'delete').length;
  const free = Math.max(3, Math.floor(plan.managed / 10));
  if (deletes > (consent.allowDeletes ?? free)) {
    const message =
      consent.allowDeletes === undefined
        ? `${String(deletes)} deletes are more than the ${String(free)} that run without asking`
        : `${String(deletes)} deletes are more than the ${String(consent.allowDeletes)} that are allowed`;
    found.push({ flag: '--allow-deletes', value: deletes, message });
  }
  const losing = plan.ops.filter((op) => op.action === 'replace' && op.lost.length > 0);
  if (losing.length > 0 && consent.allowReplace !== true) {
    found.push({ flag: '--allow-replace', message: `${String(losing.length)} replaced objects lose something` });
  }
  return found;
}

/** Requirements of a plan document that flags given later do not cover. */
export function uncovered(requirements: readonly Requirement[], consent: Consent): readonly Requirement[] {
  return requirements.filter((requirement) =>
    requirement.flag === '--allow-replace'
      ? consent.allowReplace !== true
      : (consent.allowDeletes ?? 0) < (requirement.value ?? Number.POSITIVE_INFINITY),
  );
}
