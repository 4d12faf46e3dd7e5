import type { RecordedResource } from '../recorded.ts';
import type { Spec } from '../spec.ts';
import type { FieldRules, Lookup } from './kind.ts';

/** SELECT on what has rows. */
export const dataLevels = ['SELECT'] as const;

/** Of objects of the workspace; CAN_READ is what people know as CAN VIEW. */
export const workspaceLevels = ['CAN_READ', 'CAN_RUN', 'CAN_EDIT', 'CAN_MANAGE'] as const;

/** `access`: a list of `{ to, level }`, a principal and what it may (W006). */
export function accessRules(levels: readonly string[]): FieldRules {
  return { label: 'access', rules: [{ list: { key: 'to' } }, { grants: levels }] };
}

/** Grants are read of what declares some, or of what the state has some of; nobody asks otherwise. */
export function withAccess(lookup: Lookup, spec: Spec | undefined, recorded: RecordedResource | undefined): Lookup {
  const asked = spec?.['access'] !== undefined || recorded?.applied['access'] !== undefined;
  return asked ? { ...lookup, access: true } : lookup;
}
