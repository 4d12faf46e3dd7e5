import { invalidParameter } from '../api/api-error.ts';
import type { Warehouses } from '../api/warehouses.ts';
import { findDestination } from '../destinations/destination.ts';
import { readParameters } from '../sql/parameters.ts';
import { SqlError } from '../sql/statement-engine.ts';
import type { Storage } from '../storage/storage.ts';
import type { AlertConfig } from './alert-config.ts';

export interface AlertTargets {
  readonly storage: Pick<Storage, 'get'>;
  readonly warehouses: Warehouses;
  readonly workspaceId: string;
}

/** Requires that what an alert refers to exists. Whether its query works shows only when it is evaluated. */
export function checkAlert(config: AlertConfig, { storage, warehouses, workspaceId }: AlertTargets): void {
  if (warehouses.find(config.warehouse_id) === undefined) {
    throw invalidParameter(`warehouse_id: ${config.warehouse_id} is not a valid endpoint id.`);
  }
  for (const [index, { destination_id: id }] of (config.evaluation.notification?.subscriptions ?? []).entries()) {
    if (id !== undefined && findDestination(storage, workspaceId, id) === undefined) {
      const path = `evaluation.notification.subscriptions[${index}].destination_id`;
      throw invalidParameter(`${path}: notification destination '${id}' does not exist`);
    }
  }
  checkParameters(config);
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
