import type { Credential } from '../principals/credentials.ts';
import { findPrincipal } from '../principals/principal.ts';
import type { Storage } from '../storage/storage.ts';
import { accountIdOf } from './account-id.ts';
import { findFederationPolicies } from './federation-policy.ts';
import type { FederationPolicy } from './federation-policy.ts';
import { OAuthError } from './oauth-error.ts';
import { readJwt } from './read-jwt.ts';
import type { SubjectClaims } from './read-jwt.ts';
import type { TokenRequest } from './token-request.ts';

const tokenType = 'urn:ietf:params:oauth:token-type:jwt';

/**
 * Workload identity federation: the token of an identity provider for one of the workspace, if a policy of the service
 * principal names its issuer, subject and audience. An unfit token is an `invalid_request` (RFC 8693, 2.2.2).
 */
export function exchangeToken(
  services: { readonly storage: Storage; readonly realTime: () => number; readonly metastoreId: string },
  { form, client }: TokenRequest,
): Credential {
  if (form['subject_token_type'] !== tokenType) {
    throw new OAuthError('invalid_request', `subject_token_type must be ${tokenType}.`);
  }
  if (client === undefined) {
    // Databricks also has policies of a whole account, for tokens without a client id.
    throw new OAuthError('invalid_request', 'client_id is missing: only policies of service principals are served.');
  }
  const stored = findFederationPolicies(services.storage, client.id);
  if (stored === undefined || findPrincipal(services.storage, client.id)?.kind !== 'service_principal') {
    throw new OAuthError('invalid_client', 'Client authentication failed.');
  }
  const claims = readJwt(form['subject_token'] ?? '');
  if (claims === undefined) throw new OAuthError('invalid_request', 'subject_token is not a JSON web token.');
  const seconds = services.realTime() / 1000;
  if (claims.expiresAt <= seconds || claims.notBefore > seconds) {
    throw new OAuthError('invalid_request', 'subject_token is not valid at this time.');
  }
  const accountId = accountIdOf(services.metastoreId);
  if (!stored.policies.some((policy) => allows(policy, claims, accountId))) {
    throw new OAuthError(
      'invalid_request',
      'No federation policy allows the issuer, subject and audience of the token.',
    );
  }
  return { userName: stored.userName, workspaceId: stored.workspaceId };
}

function allows(policy: FederationPolicy, claims: SubjectClaims, accountId: string): boolean {
  const audiences = policy.audiences ?? [accountId];
  return (
    policy.issuer === claims.issuer &&
    policy.subject === claims.subject &&
    claims.audiences.some((audience) => audiences.includes(audience))
  );
}
