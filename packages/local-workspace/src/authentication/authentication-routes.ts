import type { Route } from '../api/route.ts';
import type { Storage } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import { discoveryRoutes } from './discovery-routes.ts';
import { tokenRoute } from './token-route.ts';

/** Discovery and the token endpoint: how official clients find their way from a host to a token. */
export function authenticationRoutes(options: {
  readonly storage: Storage;
  readonly ids: Ids;
  readonly realTime: () => number;
  /** 3600 unless given. */
  readonly oauthTokenSeconds?: number;
  readonly workspaceId: string;
  readonly metastoreId: string;
}): readonly Route[] {
  const { oauthTokenSeconds: lifetimeSeconds = 3600 } = options;
  return [...discoveryRoutes(options), tokenRoute({ ...options, lifetimeSeconds })];
}
