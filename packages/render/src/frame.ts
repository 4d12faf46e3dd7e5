import type { Address, Plan } from '@dpo/core';
import { marksOf, type Marks, type Style } from './style.ts';
import type { Pending } from './value-text.ts';

/** What every part of one plan's text needs to know. */
export interface Frame {
  readonly plan: Plan;
  readonly style: Style;
  readonly marks: Marks;
  readonly pending: Pending;
}

export function frameOf(plan: Plan, style: Style): Frame {
  const made = plan.ops.filter((op) => op.action === 'create' || op.action === 'replace').map((op) => op.address);
  const addresses = new Set<Address>(made);
  const pending: Pending = {
    has: (address) => addresses.has(address),
    name: (id) => (Object.hasOwn(plan.names, id) ? plan.names[id] : undefined),
  };
  return { plan, style, marks: marksOf(style), pending };
}
