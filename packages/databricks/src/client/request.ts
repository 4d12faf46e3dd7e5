import type { JsonObject } from '@dpo/core';

/**
 * What a request does to the workspace, which decides about retries: `read` changes nothing; `idempotent` may be sent
 * twice; `create` may not, once it can have been received. By default GET reads, POST creates, the others are idempotent.
 */
export type Effect = 'read' | 'idempotent' | 'create';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Starts with `/`; names inside it are encoded already. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  /** A body that is a file instead. */
  readonly file?: string;
  readonly effect?: Effect;
  /** Longest silence of the service before and in its answer; a minute unless given. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  /**
   * How an abort acts: `any-time` (default) drops a request in flight; `between-attempts` lets it finish and starts no
   * further one; `never` is for clean-up after an abort: a single try; `own` heeds the signal of the request only, not
   * that of the client, for what has to be saved when everything else is cut off.
   */
  readonly abort?: 'any-time' | 'between-attempts' | 'never' | 'own';
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  /** Names in lower case; of a repeated header the first. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * One try. `unsent`: no byte of the request can have reached the service. `lost`: it may have, and nobody knows what
 * came of it.
 */
export type Attempt =
  | { readonly status: 'answered'; readonly answer: Answer }
  | { readonly status: 'unsent'; readonly error: unknown }
  | { readonly status: 'lost'; readonly error: unknown };

export function effectOf(request: ApiRequest): Effect {
  if (request.effect !== undefined) return request.effect;
  if (request.method === 'GET') return 'read';
  return request.method === 'POST' ? 'create' : 'idempotent';
}

/** One segment of a path: a dotted name, an id. */
export function segment(name: string): string {
  return encodeURIComponent(name);
}
