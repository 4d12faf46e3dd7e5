import type { Warehouses } from '../api/warehouses.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { Permissions } from '../permissions/permissions.ts';
import type { Storage } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import type { AlertFiles } from './alert-files.ts';

/** What the calls on alerts work with. */
export interface AlertPorts {
  readonly storage: Storage;
  readonly warehouses: Warehouses;
  readonly ids: Ids;
  readonly clock: () => Date;
  readonly behaviour: Behaviour;
  readonly files: AlertFiles;
  readonly permissions: Permissions;
  /** Most alerts a workspace may hold, those in the trash counted. */
  readonly limit: number;
}
