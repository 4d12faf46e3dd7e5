import { definitionOf, type JsonObject, type Lookup, type Observation, type Spec } from '@dpo/core';
import type { View } from '../api/views.ts';
import { markerOf } from './marker-properties.ts';

export type PresentView = Extract<Observation, { status: 'present' }>;

/** Hash of the query that was sent last (W003). */
export const hashProperty = 'dpo.sql_hash';
/** Hash of the text that the service made of it, where that differs. */
export const echoProperty = 'dpo.sql_echo';

export function presentView(view: View, lookup: Lookup): PresentView {
  const marker = markerOf(view.properties);
  return {
    status: 'present',
    lookup,
    id: view.tableId,
    fields: fieldsOf(view),
    out: outOf(view),
    ...(view.definition === undefined ? {} : { texts: { definition: view.definition } }),
    ...(marker === undefined ? {} : { marker }),
  };
}

/** What alerts and dashboards refer to. */
export function outOf({ fullName }: View): JsonObject {
  return { name: fullName.toLowerCase() };
}

/**
 * The text is compared where it can be read, which is by its owner; for everybody else the hash of what was sent stands for it,
 * so that no view differs only because the planner does not own it (W003).
 */
export function fieldsOf(view: View): Spec {
  const { fullName: name, definition: text, properties, owner } = view;
  const sent = properties[hashProperty];
  const told = text === undefined ? undefined : definitionOf(text);
  const asSent = told === undefined || told === properties[echoProperty];
  const definition = asSent ? sent : told;
  return { name, ...(owner === undefined ? {} : { owner }), ...(definition === undefined ? {} : { definition }) };
}
