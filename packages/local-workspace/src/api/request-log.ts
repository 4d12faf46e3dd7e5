import { appendFile } from 'node:fs/promises';
import { redactPath, redactSecrets } from './redact-secrets.ts';

/** One call as it was answered. Headers are not kept and secrets are taken out, so that no token gets into a log. */
export interface LoggedRequest {
  readonly sequence: number;
  /** The same as in the header X-Request-Id of the answer. */
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  /** Path of the route, such as `/api/2.0/alerts/{id}`; null when there is none. */
  readonly route: string | null;
  /** userName of the caller. */
  readonly principal: string | null;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** 0: the connection was dropped. */
  readonly status: number;
  readonly ms: number;
}

/** Takes more out of a call before it is kept. */
export type RedactRequest = (request: LoggedRequest) => LoggedRequest;

export interface RequestLog {
  /** `authorization` is the header of the call; its token is taken out wherever it occurs. */
  add(request: LoggedRequest, authorization?: string): Promise<void>;
  requests(): readonly LoggedRequest[];
  clear(): void;
}

/** Keeps the calls in memory and, with `file`, appends each as one JSON line. */
export function createRequestLog(file?: string, redact: RedactRequest = (request) => request): RequestLog {
  const kept: LoggedRequest[] = [];
  return {
    async add(request, authorization) {
      const clean = redact(withoutSecrets(request, authorization));
      kept.push(clean);
      if (file !== undefined) await appendFile(file, `${JSON.stringify(clean)}\n`, { mode: 0o600 });
    },
    requests: () => kept.toSorted((left, right) => left.sequence - right.sequence),
    clear: () => {
      kept.length = 0;
    },
  };
}

function withoutSecrets(request: LoggedRequest, authorization = ''): LoggedRequest {
  const token = authorization.split(/ +/).at(-1) ?? '';
  // Anything shorter is no credential and would tear holes into every text.
  const known = token.length < 8 ? [] : [token, encodeURIComponent(token)];
  const { path, route, query, body } = request;
  return {
    ...request,
    path: String(redactSecrets(redactPath(path, route), known)),
    query: redactSecrets(query, known) as LoggedRequest['query'],
    body: redactSecrets(body, known),
  };
}
