import type { Method } from '../method.ts';
import { azureCli } from './azure-cli.ts';
import { azureClientSecret, githubOidcAzure } from './azure-client.ts';
import { azureDevopsOidc } from './azure-devops-oidc.ts';
import { databricksCli } from './databricks-cli.ts';
import { githubOidc } from './github-oidc.ts';
import { envOidc, fileOidc } from './id-token.ts';
import { oauthM2m } from './oauth-m2m.ts';
import { token } from './token.ts';

/**
 * In the order in which they are considered; the first that applies is the one
 * (https://github.com/databricks/databricks-sdk-py, `DefaultCredentials` of `databricks/sdk/credentials_provider.py`).
 */
export const methods: readonly Method[] = [
  token,
  oauthM2m,
  envOidc,
  fileOidc,
  githubOidc,
  azureClientSecret,
  githubOidcAzure,
  azureCli,
  azureDevopsOidc,
  databricksCli,
];
