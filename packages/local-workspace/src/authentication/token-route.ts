import { record, text } from '../api/reader.ts';
import { reply } from '../api/reply.ts';
import { publicRoute } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import { findClientSecret, putCredential, removeExpired } from '../principals/credentials.ts';
import type { Credential } from '../principals/credentials.ts';
import { findPrincipal } from '../principals/principal.ts';
import type { Storage } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import { OAuthError, oauthErrorReply } from './oauth-error.ts';
import { exchangeToken } from './token-exchange.ts';
import { readTokenRequest } from './token-request.ts';
import type { TokenRequest } from './token-request.ts';

export interface TokenServices {
  readonly storage: Storage;
  readonly ids: Ids;
  /** Real time in epoch milliseconds: tokens end whatever the workspace clock says. */
  readonly realTime: () => number;
  readonly lifetimeSeconds: number;
  readonly metastoreId: string;
}

const form = record(text);

/** Gives tokens to service principals. A failed request has an OAuth body, not that of other APIs. */
export function tokenRoute(services: TokenServices): Route {
  return publicRoute('POST /oidc/v1/token', {
    body: form,
    format: 'form',
    async handle({ body, header }) {
      try {
        const credential = grantOf(services, readTokenRequest(body, header('authorization')));
        const token = await issueToken(services, credential);
        return reply(200, {
          headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
          content: Buffer.from(
            JSON.stringify({
              access_token: token,
              token_type: 'Bearer',
              expires_in: services.lifetimeSeconds,
              scope: 'all-apis',
            }),
          ),
        });
      } catch (fault) {
        if (fault instanceof OAuthError) return oauthErrorReply(fault);
        throw fault;
      }
    },
  });
}

function grantOf(services: TokenServices, request: TokenRequest): Credential {
  switch (request.form['grant_type']) {
    case 'client_credentials':
      return clientCredential(services, request);
    case 'urn:ietf:params:oauth:grant-type:token-exchange':
      return exchangeToken(services, request);
    case undefined:
      throw new OAuthError('invalid_request', 'grant_type is missing.');
    default:
      throw new OAuthError(
        'unsupported_grant_type',
        'Only client_credentials and the exchange of tokens are served here.',
      );
  }
}

/** One answer for every reason, so that nobody learns which clients there are. */
function clientCredential({ storage }: TokenServices, { client }: TokenRequest): Credential {
  const { id, secret } = client ?? { id: '', secret: undefined };
  const credential = secret === undefined ? undefined : findClientSecret(storage, { clientId: id, secret });
  if (credential === undefined || findPrincipal(storage, id)?.kind !== 'service_principal') {
    throw new OAuthError('invalid_client', 'Client authentication failed.');
  }
  return credential;
}

async function issueToken({ storage, ids, ...services }: TokenServices, credential: Credential): Promise<string> {
  const token = `dpo-oauth-${ids.hex()}${ids.hex()}`;
  const now = services.realTime();
  await storage.transaction(async (transaction) => {
    await removeExpired(transaction, now);
    const { userName, workspaceId } = credential;
    const expiresAt = now + services.lifetimeSeconds * 1000;
    await putCredential(transaction, token, { userName, workspaceId, expiresAt });
  });
  return token;
}
