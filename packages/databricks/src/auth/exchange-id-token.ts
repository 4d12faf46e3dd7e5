import { rememberedEndpoint } from './discover-endpoint.ts';
import { describeClaims } from './jwt-claims.ts';
import { bearer, type MethodContext } from './method.ts';
import type { SignIn, SignInRequest } from './renewing-credentials.ts';
import { scopeOf } from './scope.ts';
import { tokenOf } from './token-answer.ts';

/** Gives the token of an identity provider, made out for the audience. */
export type IdTokenSource = (audience: string, request: SignInRequest) => Promise<string>;

/** Workload identity federation: a token of an identity provider for one of the workspace (RFC 8693). Throws `AUTH.*`. */
export function exchangeIdToken(context: MethodContext, source: IdTokenSource): SignIn {
  const endpointOf = rememberedEndpoint(context);
  return async (request) => {
    const { host, http, settings, redactor, clock } = context;
    const endpoint = await endpointOf(request.signal);
    const jwt = await source(endpoint.audience, request);
    redactor.learn(jwt);
    const id = settings.get('client_id');
    const whom = `the token endpoint of ${host}`;
    const answer = await http.send({
      whom: 'the token endpoint',
      url: endpoint.url,
      form: {
        // Without a client id a policy of the whole account has to know the token.
        ...(id === undefined ? {} : { client_id: id.value }),
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: jwt,
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        scope: scopeOf(settings),
      },
      signal: request.signal,
    });
    const principal = id === undefined ? 'of the account' : `of the service principal ${id.value}`;
    const refusedHint = (): string =>
      `a federation policy ${principal} has to name exactly this issuer, subject and audience, and the token has to be new: see docs/authentication.md`;
    return bearer(tokenOf(answer, { whom, refusedHint, sent: describeClaims(jwt), clock, redactor }));
  };
}
