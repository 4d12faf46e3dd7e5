import { labelOf } from '../attributes.ts';
import { authError } from '../auth-problem.ts';
import { azureCloud, azureTenant, managementHeaders } from '../azure.ts';
import { githubIdToken, githubJob } from '../github-id-token.ts';
import { bearer, missing, type Method, type MethodContext } from '../method.ts';
import type { Grant } from '../renewing-credentials.ts';
import { tokenOf, type Token } from '../token-answer.ts';

/** A service principal of Azure with a client secret of Azure. */
export const azureClientSecret: Method = {
  name: 'azure-client-secret',
  consider(context) {
    const id = context.settings.get('azure_client_id');
    const secret = context.settings.get('azure_client_secret');
    if (id === undefined || secret === undefined) {
      const names = [
        ...(id === undefined ? ['azure_client_id'] : []),
        ...(secret ? [] : ['azure_client_secret']),
      ] as const;
      return missing(names.map((name) => `no ${labelOf(name as 'azure_client_id')}`).join(', '));
    }
    context.redactor.learn(secret.value);
    return {
      status: 'ready',
      source: `azure-client-secret with the client secret of ${secret.source}`,
      signIn: ({ signal }) => signIn(context, { proof: { client_secret: secret.value }, id: id.value, signal }),
    };
  },
};

/** A service principal of Azure that trusts jobs of GitHub Actions: no secret at all. */
export const githubOidcAzure: Method = {
  name: 'github-oidc-azure',
  consider(context) {
    const job = githubJob(context);
    if (typeof job === 'string') return missing(job);
    const id = context.settings.get('azure_client_id');
    if (id === undefined) return missing(`no ${labelOf('azure_client_id')}`);
    return {
      status: 'ready',
      source: 'github-oidc-azure with the identity of this job',
      signIn: async ({ signal }) => {
        const assertion = await githubIdToken(context, { job, audience: 'api://AzureADTokenExchange', signal });
        const proof = {
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertion,
        };
        return signIn(context, { proof, id: id.value, signal });
      },
    };
  },
};

interface AzureClient {
  readonly id: string;
  readonly proof: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

async function signIn(context: MethodContext, client: AzureClient): Promise<Grant> {
  const cloud = azureCloud(context);
  const tenant = await azureTenant(context, client.signal);
  if (tenant === undefined) throw authError(noTenant(context.host), context.redactor);
  const tokenFor = (resource: string): Promise<Token> =>
    tokenAt(context, { ...client, url: new URL(`/${tenant}/oauth2/token`, cloud.login), resource });
  const token = await tokenFor(cloud.application);
  if (context.settings.get('azure_workspace_resource_id') === undefined) return bearer(token);
  const management = await tokenFor(cloud.management);
  return {
    token: token.value,
    headers: managementHeaders(context.settings, management.value),
    expiresAt: Math.min(token.expiresAt ?? Infinity, management.expiresAt ?? Infinity),
  };
}

async function tokenAt(
  context: MethodContext,
  { id, proof, signal, url, resource }: AzureClient & { readonly url: URL; readonly resource: string },
): Promise<Token> {
  const { http, clock, redactor } = context;
  const whom = `Microsoft Entra ID (${url.origin})`;
  const form = { grant_type: 'client_credentials', client_id: id, resource, ...proof };
  const answer = await http.send({ whom: 'Microsoft Entra ID', url, form, signal });
  const refusedHint = ({ message }: { readonly message: string }): string => azureHint(message);
  return tokenOf(answer, { whom, refusedHint, clock, redactor });
}

function noTenant(host: string): { readonly code: string; readonly message: string; readonly hint: string } {
  return {
    code: 'AUTH.INCOMPLETE',
    message: `azure_tenant_id is not set, and ${host} does not say which tenant it belongs to`,
    hint: 'set ARM_TENANT_ID to the directory (tenant) id of Microsoft Entra ID',
  };
}

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const azureHints: readonly (readonly [RegExp, string])[] = [
  [/AADSTS7000215/, 'the client secret is wrong: ARM_CLIENT_SECRET has to hold its value, not its id'],
  [/AADSTS7000222/, 'the client secret has expired: make a new one for the application in Microsoft Entra ID'],
  [/AADSTS700016/, 'this tenant has no such application: check ARM_CLIENT_ID and ARM_TENANT_ID'],
  [/AADSTS90002/, 'there is no such tenant: check ARM_TENANT_ID'],
  [
    /AADSTS7002[0-9]+/,
    'the application has no federated credential for exactly this repository, branch or environment',
  ],
];

function azureHint(message: string): string {
  const known = azureHints.find(([pattern]) => pattern.test(message));
  return known?.[1] ?? 'check ARM_TENANT_ID, ARM_CLIENT_ID and the credential of the application in Microsoft Entra ID';
}
