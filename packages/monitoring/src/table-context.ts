import type { CatalogTable, Place } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { declared, type TableSource } from './table-source.ts';

/** A text about a table that is no setting of its monitor, with its origin. */
export interface ContextValue {
  readonly value: string;
  readonly place: Place;
}

export interface ContextRequest {
  readonly loaded: LoadedConfig;
  readonly source: TableSource;
  readonly table: CatalogTable;
}

/** Tags of these are called as the field is, without the prefix (ruling 48). */
type ContextField = 'owner' | 'department' | 'runbook_url' | 'lineage_url';

/** Table entry, then patterns, then the tag of the same name (U034). */
export function contextOf({ loaded, source, table }: ContextRequest, field: ContextField): ContextValue | undefined {
  return fromConfig(loaded, source, field) ?? fromTag(table, field);
}

/** R051, R053: table entry, then patterns, then the tag that `monitor_group_tag` names (U021), else `default`. */
export function groupOf({ loaded, source, table }: ContextRequest): ContextValue {
  const tag = loaded.config.monitor_group_tag ?? 'monitor_group';
  return (
    fromConfig(loaded, source, 'monitor_group') ?? fromTag(table, tag) ?? { value: 'default', place: { default: true } }
  );
}

/** The lowest number comes first. What is missing or no whole number is 99 (U053). */
export function priorityOf(request: ContextRequest): number {
  return placedPriorityOf(request).value;
}

export function placedPriorityOf({ loaded, source, table }: ContextRequest): {
  readonly value: number;
  readonly place: Place;
} {
  const own = declared(loaded, source, 'priority');
  if (typeof own?.value === 'number') return { value: own.value, place: own.place };
  const tag = `${loaded.config.tag_prefix ?? 'monitor_'}priority`;
  const text = table.tags[tag]?.trim() ?? '';
  return /^-?\d{1,9}$/u.test(text)
    ? { value: Number(text), place: tagPlace(table, tag) }
    : { value: 99, place: { default: true } };
}

function fromConfig(loaded: LoadedConfig, source: TableSource, field: string): ContextValue | undefined {
  const found = declared(loaded, source, field);
  return typeof found?.value === 'string' ? { value: found.value, place: found.place } : undefined;
}

function fromTag(table: CatalogTable, tag: string): ContextValue | undefined {
  const value = table.tags[tag];
  return value === undefined ? undefined : { value, place: tagPlace(table, tag) };
}

/** A tag where it was set: on the table, or on the schema or catalog that it is inherited from (C09). */
export function tagPlace(
  { fullName, inherited }: Pick<CatalogTable, 'fullName' | 'inherited'>,
  tag: string,
): { readonly tag: string } {
  const from = inherited !== undefined && Object.hasOwn(inherited, tag) ? inherited[tag] : undefined;
  return { tag: `${from ?? fullName}#${tag}` };
}
