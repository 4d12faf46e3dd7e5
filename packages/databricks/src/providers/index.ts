import type { Principal, Provider, Providers } from '@dpo/core';
import type { Client } from '../client/client.ts';
import { folderAccess, objectAccess, tableAccess } from './access.ts';
import { createAlertProvider } from './alert.ts';
import { createAnomalyProvider } from './anomaly.ts';
import { createDashboardProvider } from './dashboard.ts';
import { createMonitorProvider } from './monitor.ts';
import { createSchemaProvider } from './schema.ts';
import { createViewProvider } from './view.ts';
import { withAccess } from './with-access.ts';
import { withMetricAccess } from './with-metric-access.ts';

export interface ProviderOptions {
  readonly client: Client;
  /** For what is written by statements. */
  readonly warehouseId?: string | undefined;
  /** Whose rights count: spares requests about what is missing, and tells whether all grants on an object are seen; without it what is shown is taken for all. */
  readonly me?: Principal;
}

/** A provider for every kind, over one connection. */
export function createProviders({ client, warehouseId, me }: ProviderOptions): Providers {
  const inFolder = (provider: Provider, type: 'alertsv2' | 'dashboards'): Provider =>
    withAccess(withAccess(provider, objectAccess(client, type)), folderAccess(client), 'folder_access');
  return {
    schema: createSchemaProvider(client),
    monitor: withMetricAccess(createMonitorProvider(client), { client, warehouseId, me }),
    anomaly: createAnomalyProvider(client),
    view: withAccess(createViewProvider({ client, warehouseId, runner: me }), tableAccess(client, me)),
    alert: inFolder(createAlertProvider(client), 'alertsv2'),
    dashboard: inFolder(createDashboardProvider(client), 'dashboards'),
  };
}
