import type { CatalogTable, DesiredResource, JsonObject, ViewFamily } from '@dpo/core';
import type { TableSettings } from '../table-settings.ts';
import type { TableSource } from '../table-source.ts';

/** Full names of the metric tables that a monitor has. */
export interface MetricTableNames {
  readonly profile?: string;
  readonly drift?: string;
}

/** A table that gets a monitor, with what its group needs to know of it. */
export interface MonitoredTable {
  readonly monitor: DesiredResource;
  readonly table: CatalogTable;
  readonly source: TableSource;
  readonly settings: TableSettings;
  /** Of a monitor that is only read (W017): they are named, since nothing in the plan gives them. */
  readonly metrics?: MetricTableNames;
}

/** Tables of one group, by name. */
export interface Group {
  /** As people wrote it. */
  readonly name: string;
  /** In names of views and in addresses. */
  readonly slug: string;
  readonly tables: readonly MonitoredTable[];
  /** What the state has of tables about which nothing can be decided now; their branches stay. */
  readonly kept: readonly KeptTable[];
}

/** A managed table that is skipped or undecided, as the views that were written last have it. */
export interface KeptTable {
  readonly source: string;
  readonly group: string;
  readonly branches: ReadonlyMap<ViewFamily, JsonObject>;
  /** Of those branches: leaves that are templates. */
  readonly references: readonly string[];
}
