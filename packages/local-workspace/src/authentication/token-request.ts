import { OAuthError } from './oauth-error.ts';

/** A request for a token, with the client's credentials wherever it has put them. */
export interface TokenRequest {
  readonly form: Readonly<Record<string, string>>;
  readonly client: { readonly id: string; readonly secret: string | undefined } | undefined;
}

const scope = 'all-apis';

/** Reads client id and secret from the Basic header or else from the form (RFC 6749, 2.3.1). */
export function readTokenRequest(
  form: Readonly<Record<string, string>>,
  authorization: string | undefined,
): TokenRequest {
  const scopes = (form['scope'] ?? scope).split(' ').filter((part) => part !== '');
  if (!scopes.includes(scope)) throw new OAuthError('invalid_scope', `Only the scope ${scope} is given here.`);
  return { form, client: readBasic(authorization) ?? readForm(form) };
}

function readForm(form: Readonly<Record<string, string>>): TokenRequest['client'] {
  const { client_id: id, client_secret: secret } = form;
  return id === undefined || id === '' ? undefined : { id, secret };
}

function readBasic(authorization: string | undefined): TokenRequest['client'] {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { id: decoded(id), secret: decoded(rest.join(':')) };
}

/** Go's clients encode both parts as in a form, Python's send them as they are; ids and secrets look the same in both. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
