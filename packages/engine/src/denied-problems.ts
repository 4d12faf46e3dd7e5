import type { DeniedTable, DesiredResource, Problem } from '@dpo/core';

/** So many tables are named one by one; of more the schema is. */
const mostNamed = 5;

/** A view with a note on the tables that it is made without. */
export function noted(resource: DesiredResource, without: readonly string[]): DesiredResource {
  if (without.length === 0) return resource;
  const note = `made without ${firstOf(without)}, which may not be read`;
  return { ...resource, notes: [...(resource.notes ?? []), note] };
}

const code = 'PLAN.METRICS_DENIED';

/** One for each table, or one for all where there are many; each with a statement to run. */
export function deniedProblems(denied: readonly DeniedTable[], consequence: string): readonly Problem[] {
  const named = denied.slice(0, mostNamed).map(({ name, hint }): Problem => ({
    code,
    severity: 'warning',
    message: `metric table ${name} may not be read with these credentials, so that ${consequence}`,
    hint,
  }));
  const [next, ...others] = denied.slice(mostNamed);
  if (next === undefined) return named;
  const names = [next, ...others].map(({ name }) => name);
  const message = `the same is true of ${String(names.length)} more metric tables: ${firstOf(names)}`;
  const hint = `grant SELECT on their schema instead, or on each: ${next.hint}`;
  return [...named, { code, severity: 'warning', message, hint }];
}

const mostInARow = 3;

function firstOf(names: readonly string[]): string {
  const more = names.length - mostInARow;
  return `${names.slice(0, mostInARow).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}
