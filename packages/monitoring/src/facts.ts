import { isJsonObject, type Facts } from '@dpo/core';
import { contextOf, groupOf, priorityOf, type ContextRequest } from './table-context.ts';
import { declared } from './table-source.ts';
import type { TableSettings } from './table-settings.ts';

export interface FactsRequest extends ContextRequest {
  readonly settings: TableSettings;
}

/** What a monitored table can be selected by, and what else is known about it beside its settings. */
export function factsOf(request: FactsRequest): Facts {
  const { loaded, source, table, settings } = request;
  const fullName = table.fullName.toLowerCase();
  const labels = declared(loaded, source, 'labels')?.value;
  const text = (member: keyof Facts, field: Parameters<typeof contextOf>[1]): Facts => {
    const found = contextOf(request, field);
    return found === undefined ? {} : { [member]: found.value };
  };
  return {
    table: fullName,
    schema: fullName.split('.').slice(0, 2).join('.'),
    group: groupOf(request).value,
    type: settings.text('profile_type')?.value ?? 'INFERENCE',
    priority: priorityOf(request),
    tags: table.tags,
    ...text('owner', 'owner'),
    ...text('department', 'department'),
    ...text('runbookUrl', 'runbook_url'),
    ...text('lineageUrl', 'lineage_url'),
    ...(labels !== undefined && isJsonObject(labels) ? { labels: textsOf(labels) } : {}),
  };
}

/** Labels are free key-value pairs; a number or a boolean is known by its text. */
function textsOf(labels: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}
