import { invalidParameter } from '../api/api-error.ts';
import type { Warehouses } from '../api/warehouses.ts';
import { findDestination } from '../destinations/destination.ts';
import { readParameters } from '../sql/parameters.ts';
import { SqlError } from '../sql/statement-engine.ts';
import type { Storage } from '../storage/storage.ts';
import type { AlertConfig, Subscription } from './alert-config.ts';

export interface AlertTargets {
  readonly storage: Pick<Storage, 'get'>;
  readonly warehouses: Warehouses;
  readonly workspaceId: string;
  /** The alert before an update: what it referred to already may have gone since. */
  readonly current?: AlertConfig;
}

/** Requires that what an alert refers to exists. Whether its query works shows only when it is evaluated. */
export function checkAlert(config: AlertConfig, targets: AlertTargets): void {
  const { storage, warehouses, workspaceId, current } = targets;
  if (config.warehouse_id !== current?.warehouse_id && warehouses.find(config.warehouse_id) === undefined) {
    throw invalidParameter(`warehouse_id: ${config.warehouse_id} is not a valid endpoint id.`);
  }
  const known = new Set(subscriptionsOf(current).map((subscription) => subscription.destination_id));
  for (const [index, { destination_id: id }] of subscriptionsOf(config).entries()) {
    if (id !== undefined && !known.has(id) && findDestination(storage, workspaceId, id) === undefined) {
      const path = `evaluation.notification.subscriptions[${index}].destination_id`;
      throw invalidParameter(`${path}: notification destination '${id}' does not exist`);
    }
  }
  checkParameters(config);
}

function subscriptionsOf(config: AlertConfig | undefined): readonly Subscription[] {
  return config?.evaluation.notification?.subscriptions ?? [];
}

/** Scalar types only, each name once: the rules of statement parameters. */
function checkParameters({ parameters }: AlertConfig): void {
  try {
    readParameters(parameters === undefined ? {} : { parameters });
  } catch (fault) {
    if (fault instanceof SqlError) throw invalidParameter(`parameters: ${fault.message}`);
    throw fault;
  }
}
