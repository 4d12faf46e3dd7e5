import { publicRoute } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import { accountIdOf } from './account-id.ts';

/** What clients ask before they have a token: which workspace this is and where tokens are given. */
export function discoveryRoutes(options: {
  readonly workspaceId: string;
  readonly metastoreId: string;
}): readonly Route[] {
  const accountId = accountIdOf(options.metastoreId);
  return [
    publicRoute('GET /.well-known/databricks-config', {
      handle: ({ header }) => ({
        oidc_endpoint: `${originOf(header)}/oidc`,
        account_id: accountId,
        workspace_id: options.workspaceId,
        token_federation_default_oidc_audiences: [accountId],
      }),
    }),
    publicRoute('GET /oidc/.well-known/oauth-authorization-server', {
      handle({ header }) {
        const issuer = `${originOf(header)}/oidc`;
        return {
          issuer,
          authorization_endpoint: `${issuer}/v1/authorize`,
          token_endpoint: `${issuer}/v1/token`,
          grant_types_supported: ['client_credentials', 'urn:ietf:params:oauth:grant-type:token-exchange'],
          token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
          scopes_supported: ['all-apis'],
        };
      },
    }),
  ];
}

/** The server has checked that the Host header names this machine; clients may know it by another name than 127.0.0.1. */
function originOf(header: (name: string) => string | undefined): string {
  return `http://${header('host') ?? '127.0.0.1'}`;
}
