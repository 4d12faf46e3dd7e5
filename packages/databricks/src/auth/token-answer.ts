import { isJsonObject, type Clock, type JsonObject } from '@dpo/core';
import { readErrorBody } from '../client/error-body.ts';
import type { Redactor } from '../client/redactor.ts';
import { urlOf } from '../client/connection.ts';
import type { AuthAnswer } from './auth-http.ts';
import { authError, harmless, shortened } from './auth-problem.ts';

/** A bearer token. `expiresAt` is by the clock of this machine, in epoch milliseconds. */
export interface Token {
  readonly value: string;
  readonly expiresAt?: number | undefined;
}

export interface AnswerContext {
  /** For people: `the token endpoint of https://…`. */
  readonly whom: string;
  /** What to do about a refusal; the code is that of OAuth or the reason of the service. */
  readonly refusedHint: (said: { readonly code: string; readonly message: string }) => string;
  /** Added to the message of a refusal: what was sent that is no secret. */
  readonly sent?: string | undefined;
  readonly clock: Clock;
  readonly redactor: Redactor;
}

/**
 * Reads the answer of a token endpoint (RFC 6749, 5.1 and 5.2). Throws `AUTH.REFUSED` where credentials were refused,
 * `AUTH.UNREACHABLE` where the provider failed, `AUTH.MALFORMED` for what is no answer of a token endpoint.
 */
export function tokenOf(answer: AuthAnswer, context: AnswerContext): Token {
  const body = documentOf(answer, context);
  const { access_token: value, token_type: type = 'Bearer', expires_in: seconds } = body;
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) throw noToken('holds no token', context);
  context.redactor.learn(value);
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer')
    throw noToken('has a token of another type', context);
  const life = typeof seconds === 'string' ? Number(seconds.trim() || Number.NaN) : seconds;
  if (life === undefined || life === null) return { value };
  if (typeof life !== 'number' || !Number.isFinite(life))
    throw noToken('does not say how long the token is good', context);
  if (life <= 0) throw noToken('has a token that has expired already', context);
  return { value, expiresAt: context.clock.now() + life * 1000 };
}

/** The JSON object of a success. Throws as `tokenOf`. */
export function documentOf(given: AuthAnswer, context: AnswerContext): JsonObject {
  const { status } = given;
  // Before anything is cut: half a secret is not recognised any more.
  const answer = status >= 400 ? { ...given, text: harmless(given.text, context.redactor) } : given;
  if (status >= 300 && status < 400) throw redirected(answer, context);
  if (status === 404 || status === 405) throw noToken(`is not there (it answered ${String(status)})`, context);
  if (status === 429 || status === 408 || status >= 500) throw failed(answer, context);
  if (status >= 400) throw refused(answer, context);
  const body = objectIn(answer.text);
  if (body !== undefined) return body;
  const text = answer.text.trim();
  const what = text === '' ? 'nothing' : text.startsWith('<') ? 'a page of HTML' : 'something other than a JSON object';
  throw noToken(`answered ${String(status)} with ${what}`, context);
}

export function objectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function noToken(what: string, { whom, redactor }: AnswerContext): unknown {
  return authError(
    {
      code: 'AUTH.MALFORMED',
      message: `${whom} ${what}`,
      hint: 'check that the host is the URL of a workspace and that no proxy or sign-in page of the network answers for it',
    },
    redactor,
  );
}

/** https://github.com/databricks/databricks-sdk-py, `databricks/sdk/errors/private_link.py`. */
function redirected({ headers }: AuthAnswer, { whom, redactor }: AnswerContext): unknown {
  const location = headers['location'] ?? '';
  const target = urlOf(location)?.origin;
  return authError(
    {
      code: 'AUTH.MALFORMED',
      message: `${whom} points ${target === undefined ? 'somewhere else' : `to ${target}`}; nothing was sent there`,
      hint: location.includes('error=private-link-validation-error')
        ? 'this workspace is reached over private link only: run from its network'
        : 'check that the host is the URL of a workspace and that no sign-in page of the network answers for it',
    },
    redactor,
  );
}

function failed(answer: AuthAnswer, { whom, redactor }: AnswerContext): unknown {
  const said = saidIn(answer);
  return authError(
    {
      code: 'AUTH.UNREACHABLE',
      message: `${whom} failed: it answered ${String(answer.status)}: ${shortened(said.message)}`,
      hint: 'run the command again later',
    },
    redactor,
  );
}

function refused(answer: AuthAnswer, context: AnswerContext): unknown {
  const said = saidIn(answer);
  const code = said.code === '' || said.message.startsWith(said.code) ? '' : ` ${said.code}`;
  const sent = context.sent === undefined ? '' : ` (sent: ${context.sent})`;
  return authError(
    {
      code: 'AUTH.REFUSED',
      message: `${context.whom} answered ${String(answer.status)}${code}: ${shortened(said.message)}${sent}${skewIn(answer)}`,
      hint: context.refusedHint(said),
    },
    context.redactor,
  );
}

/** Signed tokens are good from one time to another: a clock that is wrong by minutes makes good ones refused. */
export function skewIn({ aheadMs }: Pick<AuthAnswer, 'aheadMs'>): string {
  if (aheadMs === undefined || Math.abs(aheadMs) < 120_000) return '';
  const minutes = String(Math.round(Math.abs(aheadMs) / 60_000));
  return `; the clock of this machine is ${minutes} minutes ${aheadMs > 0 ? 'ahead of' : 'behind'} that of the server`;
}

function saidIn(answer: AuthAnswer): { readonly code: string; readonly message: string } {
  const error = objectIn(answer.text)?.['error'];
  const said = readErrorBody(answer);
  return { code: typeof error === 'string' ? error : (said.code ?? ''), message: said.message };
}
