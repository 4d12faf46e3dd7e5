import { labelOf } from '../attributes.ts';
import { rememberedEndpoint } from '../discover-endpoint.ts';
import { bearer, missing, type Method, type MethodContext } from '../method.ts';
import { scopeOf } from '../scope.ts';
import { tokenOf } from '../token-answer.ts';

/** A service principal with a client secret of Databricks. */
export const oauthM2m: Method = {
  name: 'oauth-m2m',
  consider(context) {
    const id = context.settings.get('client_id');
    const secret = context.settings.get('client_secret');
    if (id === undefined || secret === undefined) return missing(lack(id !== undefined, secret !== undefined));
    const basic = Buffer.from(`${id.value}:${secret.value}`).toString('base64');
    context.redactor.learn(secret.value);
    context.redactor.learn(basic);
    const endpoint = rememberedEndpoint(context);
    return {
      status: 'ready',
      source: `oauth-m2m with the client secret of ${secret.source}`,
      signIn: async ({ signal }) => {
        const { url } = await endpoint(signal);
        const whom = `the token endpoint of ${context.host}`;
        const answer = await context.http.send({
          whom: 'the token endpoint',
          url,
          headers: { authorization: `Basic ${basic}` },
          form: { grant_type: 'client_credentials', scope: scopeOf(context.settings) },
          signal,
        });
        const refusedHint = ({ code }: { readonly code: string }): string => hintFor(code, context);
        return bearer(tokenOf(answer, { whom, refusedHint, clock: context.clock, redactor: context.redactor }));
      },
    };
  },
};

function lack(hasId: boolean, hasSecret: boolean): string {
  if (hasId) return `no ${labelOf('client_secret')}`;
  return `no ${labelOf('client_id')}${hasSecret ? '' : `, no ${labelOf('client_secret')}`}`;
}

function hintFor(code: string, { settings, host }: MethodContext): string {
  const id = settings.get('client_id');
  const secret = settings.get('client_secret');
  if (code === 'invalid_scope') return 'the service principal may not have the scope: correct scopes in the profile';
  return `the client id (from ${id?.source ?? ''}) may belong to another account, or the client secret (from ${secret?.source ?? ''}) is wrong, expired or deleted: make a new one, and check that the service principal is assigned to ${host}`;
}
