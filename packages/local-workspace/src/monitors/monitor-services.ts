import type { Access } from '../access/access.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { Storage, Transaction } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import type { Unity } from '../unity/unity.ts';
import type { RefreshWorker } from './refresh-worker.ts';

/** Makes the dashboard that the service draws for a monitor; answers its id. */
export type BuiltinDashboard = (
  transaction: Transaction,
  wanted: {
    readonly monitoredTable: string;
    readonly profileMetricsTable: string;
    readonly driftMetricsTable: string;
    /** Folder as the monitor names it, with or without the prefix /Workspace. */
    readonly folder: string;
    readonly warehouseId: string;
    readonly owner: string;
    readonly workspaceId: string;
  },
) => Promise<string>;

/** What the monitor APIs work with. */
export interface MonitorServices {
  readonly storage: Storage;
  readonly unity: Unity;
  readonly access: Access;
  readonly ids: Ids;
  readonly worker: RefreshWorker;
  readonly behaviour: Behaviour;
  readonly clock: () => Date;
  /** Real time, for delays. */
  readonly now: () => number;
  readonly lifecycle: {
    readonly activeAfterMs: number;
    readonly refreshDelayMs: number;
    readonly deleteDelayMs: number;
  };
  readonly defaultWarehouseId: string;
  readonly folderExists: (workspaceId: string, path: string) => boolean;
  readonly builtinDashboard: BuiltinDashboard;
  /** Monitors of tables that the metastore holds; no limit unless given. The service gives 100. */
  readonly quota?: number;
  /** `false`: every call is answered with FEATURE_NOT_ENABLED, as in regions without data profiling. */
  readonly enabled: boolean;
}
