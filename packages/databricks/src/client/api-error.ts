import { inspect } from 'node:util';
import { DpoError, isDpoError, type Problem } from '@dpo/core';
import type { Connection } from './connection.ts';
import { readErrorBody, type ServiceError } from './error-body.ts';
import { describeNetworkError, isCertificateError } from './network-error.ts';
import type { Proxy } from './network.ts';
import { ProxyError } from './proxy-pool.ts';
import { requestIdOf } from './request-id.ts';
import { effectOf, type Answer, type ApiRequest } from './request.ts';
import { isAborted, isAmbiguous } from './retry.ts';

/** Code of the first problem of a failed call, to branch on; `undefined` for a bug or an abort. */
export function apiCodeOf(error: unknown): string | undefined {
  return isDpoError(error) ? error.problems[0]?.code : undefined;
}

/** The request was not sent, or not accepted, for want of credentials: true of every other request as well. */
export function isSignInFailure(error: unknown): boolean {
  const code = apiCodeOf(error) ?? '';
  return code === 'API.UNAUTHENTICATED' || code.startsWith('AUTH.');
}

/** The service does not accept the token. */
export function isUnauthenticated(answer: Answer): boolean {
  if (answer.status !== 403) return answer.status === 401;
  return /invalid access token/i.test(readErrorBody(answer).message);
}

/** The first problem of a failed call with another code, hint or message; anything else is thrown as it is. */
export function restated(error: unknown, change: (problem: Problem) => Partial<Problem>): DpoError {
  const [problem] = isDpoError(error) ? error.problems : [];
  if (problem === undefined) throw error;
  return new DpoError([{ ...problem, ...change(problem) }], { cause: error });
}

/** Makes the errors of one connection; everything that it says is redacted here. */
export interface ApiErrors {
  /** `maybe`: an earlier try of this request may have taken effect. */
  fromAnswer(request: ApiRequest, answer: Answer, maybe: boolean): DpoError;
  unreachable(request: ApiRequest, error: unknown, maybe: boolean): DpoError;
  /** A request that was sent and whose answer is lost. */
  lost(request: ApiRequest, error: unknown): DpoError;
  malformed(request: ApiRequest, answer: Answer): DpoError;
}

interface Finding {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** `proxy`: through which the host is reached. */
export function createApiErrors(connection: Connection, proxy?: Proxy): ApiErrors {
  const make = (finding: Finding, cause?: unknown): DpoError => {
    const problem: Problem = {
      code: finding.code,
      severity: 'error',
      message: connection.redactor.redact(finding.message),
      ...(finding.hint === undefined ? {} : { hint: connection.redactor.redact(finding.hint) }),
    };
    return new DpoError([problem], cause === undefined ? {} : { cause: harmless(cause, connection) });
  };
  return {
    fromAnswer: (request, answer, maybe) => make(findingOf({ request, answer, maybe, connection })),
    unreachable: (request, error, maybe) =>
      make(
        maybe ? unknownOutcome(request, reasonOf(error)) : unreachable(request, error, { connection, proxy }),
        error,
      ),
    lost: (request, error) =>
      make(
        effectOf(request) === 'read'
          ? unreachable(request, error, { connection, proxy })
          : unknownOutcome(request, reasonOf(error)),
        error,
      ),
    malformed: (request, answer) => make(malformed(request, answer, connection)),
  };
}

interface Failure {
  readonly request: ApiRequest;
  readonly answer: Answer;
  readonly maybe: boolean;
  readonly connection: Connection;
}

function findingOf({ request, answer, maybe, connection }: Failure): Finding {
  const said = readErrorBody(answer);
  const code = codeFor(answer, said);
  const unsettled = code === 'API.SERVER' || code === 'API.RATE_LIMITED';
  if (effectOf(request) !== 'read' && (isAmbiguous(answer) || (maybe && unsettled))) {
    return unknownOutcome(request, answered(answer, said));
  }
  const redirect =
    answer.status >= 300 && answer.status < 400
      ? redirectOf(`answered ${answer.status}`, answer, connection.host)
      : undefined;
  return {
    code,
    message: `${callOf(request)}: ${redirect ?? answered(answer, said)}`,
    hint: hintFor(code, answer, connection),
  };
}

/** Codes of a 404 that do not speak of the object in the path: the API or the metastore is missing, not the object. */
const notTheObject = new Set(['ENDPOINT_NOT_FOUND', 'METASTORE_DOES_NOT_EXIST']);

function codeFor(answer: Answer, said: ServiceError): string {
  const { status } = answer;
  const code = said.code ?? '';
  if (status >= 300 && status < 400) return isPrivateLink(answer) ? 'API.FORBIDDEN' : 'API.MALFORMED';
  if (isUnauthenticated(answer)) return 'API.UNAUTHENTICATED';
  if (isAborted(answer)) return 'API.SERVER';
  if (said.quota || (status >= 400 && status < 404 && /\bquota\b/i.test(said.message))) return 'API.QUOTA';
  // Unity Catalog answers 400 with *_ALREADY_EXISTS (unitycatalog, server `ErrorCode.java`).
  if (status === 409 || code.endsWith('ALREADY_EXISTS') || (status === 400 && /already exists/i.test(said.message))) {
    return 'API.CONFLICT';
  }
  if (notTheObject.has(code)) return 'API.NOT_IMPLEMENTED';
  // A page of HTML comes from a proxy or from another host: it says nothing about what exists.
  if (status === 404) return said.fromApi ? 'API.NOT_FOUND' : 'API.UNREACHABLE';
  if (status === 400 && code.endsWith('DOES_NOT_EXIST')) return 'API.NOT_FOUND';
  if (status === 403) return 'API.FORBIDDEN';
  if (status === 429) return 'API.RATE_LIMITED';
  if (status === 501) return 'API.NOT_IMPLEMENTED';
  return status >= 500 || status === 408 ? 'API.SERVER' : 'API.INVALID';
}

/** https://github.com/databricks/databricks-sdk-py, `databricks/sdk/errors/private_link.py`. */
function isPrivateLink(answer: Answer): boolean {
  return (answer.headers['location'] ?? '').includes('error=private-link-validation-error');
}

function hintFor(code: string, answer: Answer, connection: Connection): string | undefined {
  switch (code) {
    case 'API.UNAUTHENTICATED':
      return `the token came from ${connection.tokenSource}; it may have expired or belong to another workspace than ${connection.host}`;
    case 'API.FORBIDDEN':
      return isPrivateLink(answer)
        ? 'this workspace is reached over private link only: run from its network'
        : undefined;
    case 'API.MALFORMED':
      return notAnApiHint(connection);
    case 'API.QUOTA':
      return 'delete what is not needed any more, or ask Databricks to raise the limit';
    case 'API.RATE_LIMITED':
      return 'the workspace is busy; run again later, or with less parallelism';
    case 'API.NOT_IMPLEMENTED':
      return 'this workspace does not offer the feature; check its region and its tier';
    case 'API.UNREACHABLE':
      return notAnApiHint(connection);
    default:
      return undefined;
  }
}

function notAnApiHint(connection: Connection): string {
  return `check that ${connection.host} (from ${connection.hostSource}) is the URL of a workspace, and that no proxy and no sign-in page of the network answers for it`;
}

interface Way {
  readonly connection: Connection;
  readonly proxy: Proxy | undefined;
}

function unreachable(request: ApiRequest, error: unknown, { connection, proxy }: Way): Finding {
  const through = proxy === undefined ? '' : ` through the proxy ${new URL(proxy.url).origin} (from ${proxy.source})`;
  return {
    code: 'API.UNREACHABLE',
    message: `${callOf(request)}: ${connection.host} cannot be reached${through}: ${describeNetworkError(error)}`,
    hint: unreachableHint(error, { connection, proxy }),
  };
}

function unreachableHint(error: unknown, { connection, proxy }: Way): string {
  if (isCertificateError(error)) {
    return 'the certificate is not trusted: behind a proxy with its own, set NODE_EXTRA_CA_CERTS to a file with it';
  }
  if (error instanceof ProxyError && proxy !== undefined) {
    return error.status === 407
      ? `the proxy asks who you are: write ${proxy.source} as http://NAME:PASSWORD@HOST:PORT`
      : `check ${proxy.source}, or name the host in NO_PROXY if it is reached without a proxy`;
  }
  return `check the host (from ${connection.hostSource}), the network and its proxy`;
}

function unknownOutcome(request: ApiRequest, reason: string): Finding {
  return {
    code: 'API.OUTCOME_UNKNOWN',
    message: `${callOf(request)}: it is not known whether it took effect: ${reason}`,
    hint: 'run the command again: it reads what is there and goes on from that',
  };
}

function malformed(request: ApiRequest, answer: Answer, connection: Connection): Finding {
  const page = answer.text.trim().startsWith('<');
  const title = page ? readErrorBody(answer).message : '';
  const what = page ? `a web page (${title})` : 'something other than a JSON object';
  const reason = `answered ${answer.status} with ${what}${requestOf(answer)}`;
  if (effectOf(request) !== 'read') return unknownOutcome(request, reason);
  return { code: 'API.MALFORMED', message: `${callOf(request)}: ${reason}`, hint: notAnApiHint(connection) };
}

function callOf(request: ApiRequest): string {
  return `${request.method} ${request.path}`;
}

function requestOf(answer: Answer): string {
  const id = requestIdOf(answer);
  return id === undefined ? '' : ` (request ${id})`;
}

/** Redirects are never followed: the token would go to whoever asks for it. */
function redirectOf(request: string, { headers }: Answer, host: string): string | undefined {
  const location = headers['location'];
  if (location === undefined || !URL.canParse(location, host)) return undefined;
  const { origin, pathname } = new URL(location, host);
  return `${request} with a redirect to ${origin}${pathname}, which is not followed`;
}

function answered(answer: Answer, said: ServiceError): string {
  const code = said.code === undefined ? '' : ` ${said.code}`;
  return `answered ${answer.status}${code}: ${said.message}${requestOf(answer)}`;
}

function reasonOf(error: unknown): string {
  return `the answer was lost: ${describeNetworkError(error)}`;
}

/** A parser error of undici carries bytes of the answer, which may repeat the token. */
function harmless(cause: unknown, connection: Connection): unknown {
  const text = inspect(cause, { depth: 5 });
  return connection.redactor.redact(text) === text
    ? cause
    : new Error(connection.redactor.redact(describeNetworkError(cause)));
}
