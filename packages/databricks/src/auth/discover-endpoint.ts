import { isJsonArray, isJsonObject, type JsonObject } from '@dpo/core';
import { urlOf } from '../client/connection.ts';
import { isLoopback } from '../client/loopback.ts';
import { authError } from './auth-problem.ts';
import type { MethodContext } from './method.ts';
import { documentOf, objectIn } from './token-answer.ts';

/** Where tokens of the workspace are given, and for whom an identity provider has to make its own out. */
export interface TokenEndpoint {
  readonly url: URL;
  readonly audience: string;
}

type Metadata = {
  readonly oidc: string | undefined;
  readonly accountId: string | undefined;
  readonly body: JsonObject;
};

/**
 * `{host}/.well-known/databricks-config`, as far as it answers, then the document of the authorization server. Tries and
 * time are bounded; `signal` bounds the whole. Throws `AUTH.*`.
 */
async function discoverEndpoint(context: MethodContext, signal: AbortSignal): Promise<TokenEndpoint> {
  const { settings, host, redactor } = context;
  const metadata = await readMetadata(context, signal);
  const explicit = settings.get('discovery_url');
  const discovery =
    explicit === undefined ? discoveryOf(context, metadata) : checked(context, { text: explicit.value, trusted: true });
  const whom = `the sign-in service of ${host}`;
  const answer = await context.http.send({ whom: 'the sign-in service', url: discovery, signal });
  const refusedHint = (): string => `check that ${host} is the URL of a workspace`;
  const document = documentOf(answer, { whom, refusedHint, clock: context.clock, redactor });
  const endpoint = document['token_endpoint'];
  if (typeof endpoint !== 'string') {
    throw authError(
      {
        code: 'AUTH.MALFORMED',
        message: `${whom} names no token endpoint at ${discovery.href}`,
        hint: refusedHint(),
      },
      redactor,
    );
  }
  const trusted = explicit !== undefined && urlOf(endpoint)?.origin === discovery.origin;
  const url = checked(context, { text: endpoint, trusted });
  return { url, audience: settings.get('token_audience')?.value ?? audienceIn(metadata) ?? url.href };
}

/** Finds it once and keeps it in memory; a failure is not kept. */
export function rememberedEndpoint(context: MethodContext): (signal: AbortSignal) => Promise<TokenEndpoint> {
  let known: TokenEndpoint | undefined;
  return async (signal) => (known ??= await discoverEndpoint(context, signal));
}

/** Best effort: a workspace that does not serve it has its endpoints at the usual places. */
async function readMetadata(context: MethodContext, signal: AbortSignal): Promise<Metadata> {
  const { host, http, settings } = context;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
  const url = new URL('/.well-known/databricks-config', host);
  const answer = await http.send({ whom: 'the workspace', url, signal: limited, tries: 1 }).catch(() => undefined);
  signal.throwIfAborted();
  const body = answer?.status === 200 ? (objectIn(answer.text) ?? {}) : {};
  const accountId = settings.get('account_id')?.value ?? textIn(body, 'account_id');
  return { body, accountId, oidc: textIn(body, 'oidc_endpoint') };
}

function discoveryOf(context: MethodContext, { oidc, accountId }: Metadata): URL {
  const { host } = context;
  const isAccount = /^https:\/\/accounts(-dod)?\./.test(host);
  const root = oidc ?? (isAccount ? `${host}/oidc/accounts/{account_id}` : `${host}/oidc`);
  if (root.includes('{account_id}') && accountId === undefined) {
    throw authError(
      {
        code: 'AUTH.INCOMPLETE',
        message: `${host} is the host of an account, and account_id is not set`,
        hint: 'set DATABRICKS_HOST to the URL of a workspace; dpo works with workspaces',
      },
      context.redactor,
    );
  }
  const base = root.replaceAll('{account_id}', encodeURIComponent(accountId ?? '')).replace(/\/+$/, '');
  return checked(context, { text: `${base}/.well-known/oauth-authorization-server`, trusted: false });
}

/** An account host, which names no workspace, goes by the id of the account. */
function audienceIn({ body, accountId }: Metadata): string | undefined {
  const list = body['token_federation_default_oidc_audiences'];
  const first = isJsonArray(list) ? list[0] : undefined;
  if (typeof first === 'string' && first !== '') return first;
  return Object.keys(body).length > 0 && textIn(body, 'workspace_id') === undefined ? accountId : undefined;
}

function textIn(body: JsonObject, name: string): string | undefined {
  const value = isJsonObject(body) ? body[name] : undefined;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Domains in which one host of Databricks may point to another one. */
const zones = [
  '.databricks.com',
  '.databricks.us',
  '.azuredatabricks.net',
  '.databricks.azure.us',
  '.databricks.azure.cn',
];

/** Redactor go to the host, or from one host of Databricks to another of the same cloud; never where an answer points else. */
function checked(context: MethodContext, given: { readonly text: string; readonly trusted: boolean }): URL {
  const { host, redactor } = context;
  const url = urlOf(given.text);
  const own = new URL(host);
  const isSafe =
    url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
  const isNear =
    url !== undefined &&
    (url.origin === own.origin ||
      given.trusted ||
      (url.protocol === 'https:' && zones.some((zone) => [url, own].every(({ hostname }) => hostname.endsWith(zone)))));
  if (isSafe && isNear) return url;
  throw authError(
    {
      code: 'AUTH.MALFORMED',
      message: `the sign-in service of ${host} points to ${url?.origin ?? 'what is no URL'}; nothing was sent there`,
      hint: 'check the host; where the sign-in is served elsewhere on purpose, set DATABRICKS_DISCOVERY_URL',
    },
    redactor,
  );
}
