import { nameOf, type Address } from './address.ts';
import type { JsonObject } from './json.ts';

/** What the delete of an object leaves behind and can be dropped with it: a table by its full name, a dashboard by its id. */
export interface Leftover {
  readonly kind: 'table' | 'dashboard';
  readonly name: string;
}

/** The outputs of a monitor that hold one. Nothing else is ever dropped. */
const outputs = [
  ['profile_metrics_table_name', 'table'],
  ['drift_metrics_table_name', 'table'],
  ['dashboard_id', 'dashboard'],
] as const;

export function leftoversIn(out: JsonObject): readonly Leftover[] {
  return outputs.flatMap(([key, kind]) => {
    const name = out[key];
    return typeof name === 'string' && name !== '' ? [{ kind, name }] : [];
  });
}

/** The outputs without everything that is no leftover: what is kept of an object that is gone. */
export function leftoverOutputs(out: JsonObject): JsonObject {
  return Object.fromEntries(outputs.flatMap(([key]) => (out[key] === undefined ? [] : [[key, out[key]]])));
}

/** `metric table prod.out.churn_profile_metrics`, or `generated dashboard 01ef… of prod.ml.churn`: an id says nothing alone. */
export function leftoverText({ kind, name }: Leftover, address: Address): string {
  return kind === 'table' ? `metric table ${name}` : `generated dashboard ${name} of ${nameOf(address)}`;
}
