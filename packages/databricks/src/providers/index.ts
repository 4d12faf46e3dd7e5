import type { Providers } from '@dpo/core';
import type { Client } from '../client/client.ts';
import { createMonitorProvider } from './monitor.ts';
import { createSchemaProvider } from './schema.ts';

/** A provider for every kind, over one connection. */
export function createProviders({ client }: { readonly client: Client }): Providers {
  return { schema: createSchemaProvider(client), monitor: createMonitorProvider(client) };
}
