import type { JsonObject, Limit, ReadContext, WriteContext } from '@dpo/core';
import { isDpoError, type Problem } from '@dpo/core';
import { MockAgent, type Interceptable } from 'undici';
import { connectionOf, createClient, type Client, type ClientOptions } from '../../src/index.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';

export const host = 'https://unit.cloud.databricks.com';
export const plantedToken = 'dapi-planted-0123456789abcdef';

export interface MockWorkspace {
  readonly client: Client;
  readonly pool: Interceptable;
  readonly clock: FakeClock;
  readonly read: ReadContext;
  readonly write: WriteContext;
  /** Answers once. */
  reply(method: string, path: string, answer: Answer): void;
  /** Another host that the client may be sent to. */
  other(origin: string): Interceptable;
  /** Fails if an expected request was not made. */
  done(): Promise<void>;
}

export interface Answer {
  readonly status?: number;
  readonly body?: JsonObject | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Told the body and the query of the request. */
  readonly seen?: (request: SeenRequest) => void;
}

export interface SeenRequest {
  readonly body: unknown;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

export const straight: Limit = (work) => work();

export function mockWorkspace(options: Partial<ClientOptions> = {}): MockWorkspace {
  const agent = new MockAgent();
  agent.disableNetConnect();
  const pool = agent.get(host);
  const clock = fakeClock();
  const client = createClient({
    connection: connectionOf({
      host,
      hostSource: 'DATABRICKS_HOST',
      token: plantedToken,
      tokenSource: 'DATABRICKS_TOKEN',
    }),
    clock,
    random: () => 0,
    userAgent: 'dpo/0.1.0 test',
    dispatcher: agent,
    ...options,
  });
  const { signal } = new AbortController();
  return {
    client,
    pool,
    clock,
    read: { limit: straight, signal, clock },
    write: { signal, clock },
    reply: (method, path, answer) => {
      const { status = 200, body = {}, headers = {}, seen } = answer;
      pool.intercept({ method, path: (asked) => asked.split('?')[0] === path }).reply((request) => {
        const [, query = ''] = request.path.split('?');
        const text = typeof request.body === 'string' ? request.body : 'null';
        seen?.({
          body: JSON.parse(text) as unknown,
          query: Object.fromEntries(new URLSearchParams(query)),
          headers: request.headers as Readonly<Record<string, string>>,
        });
        return {
          statusCode: status,
          data: typeof body === 'string' ? body : JSON.stringify(body),
          responseOptions: { headers },
        };
      });
    },
    other: (origin) => agent.get(origin),
    done: async () => {
      agent.assertNoPendingInterceptors();
      await agent.close();
    },
  };
}

/** The problem of a call that is to fail. */
export async function problemOf(call: Promise<unknown>): Promise<Problem> {
  const error = await errorOf(call);
  const [problem] = isDpoError(error) ? error.problems : [];
  if (problem === undefined) throw error;
  return problem;
}

export async function errorOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call was to fail');
}

export async function listOf<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
