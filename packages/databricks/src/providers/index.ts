import type { Providers } from '@dpo/core';
import type { Runner } from '../catalog/settle-metric-columns.ts';
import type { Client } from '../client/client.ts';
import { createAlertProvider } from './alert.ts';
import { createAnomalyProvider } from './anomaly.ts';
import { createDashboardProvider } from './dashboard.ts';
import { createMonitorProvider } from './monitor.ts';
import { createSchemaProvider } from './schema.ts';
import { createViewProvider } from './view.ts';

export interface ProviderOptions {
  readonly client: Client;
  /** For what is written by statements. */
  readonly warehouseId?: string | undefined;
  /** Whose rights count; spares requests about what is missing. */
  readonly runner?: Runner | undefined;
}

/** A provider for every kind, over one connection. */
export function createProviders({ client, warehouseId, runner }: ProviderOptions): Providers {
  return {
    schema: createSchemaProvider(client),
    monitor: createMonitorProvider(client),
    anomaly: createAnomalyProvider(client),
    view: createViewProvider({ client, warehouseId, runner }),
    alert: createAlertProvider(client),
    dashboard: createDashboardProvider(client),
  };
}
