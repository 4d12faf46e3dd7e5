import type { Address, KindName } from '../address.ts';
import type { Place } from '../problem.ts';
import type { ResourceStatus, TableHow } from './inspection.ts';

/** A table that the config asks for, or that the state has a monitor of. */
export interface TableRow {
  readonly table: string;
  /** Missing where only the state knows it. */
  readonly how?: TableHow;
  readonly group?: string;
  readonly profile_type?: string;
  readonly priority?: number;
  readonly status: ResourceStatus;
  readonly because?: { readonly code: string; readonly reason: string };
  readonly from?: Place;
}

/** A group of monitored tables. `owners`: of its tables, the most frequent first. */
export interface GroupRow {
  readonly group: string;
  readonly slug: string;
  readonly tables: number;
  readonly owners: readonly string[];
  readonly description?: string;
}

/** `live`: `unread` where nobody looked. `marked`: it carries our marker, and neither config nor state knows it. */
export interface ResourceRow {
  readonly address: Address;
  readonly kind: KindName;
  readonly wanted: boolean;
  readonly in_state: boolean;
  readonly live: 'present' | 'absent' | 'unreadable' | 'unread';
  readonly marked?: true;
  /** As it is live, else as the state has it; null where neither tells. */
  readonly id: string | null;
  /** Its page on the workspace, of a dashboard. */
  readonly url?: string;
  readonly because?: { readonly code: string; readonly reason: string };
}
