import { MockAgent, type Dispatcher } from 'undici';
import { systemLikeClock } from './system-like-clock.ts';
import { resolveConnection, type Connection, type ConnectionRequest, type Environment } from '../../src/index.ts';

export interface SignInCase {
  readonly environment: Environment;
  readonly profiles?: string | undefined;
  readonly files?: Readonly<Record<string, string>>;
  readonly more?: Partial<ConnectionRequest>;
}

/** Resolves a connection as a command would, in an environment that holds only what the case says. */
export async function connect({ environment, profiles, files = {}, more = {} }: SignInCase): Promise<Connection> {
  return resolveConnection({
    flags: {},
    environment: { HOME: '/home/ada', ...environment },
    readFile: async (path) => (path === '/home/ada/.databrickscfg' ? profiles : files[path]),
    clock: systemLikeClock,
    userAgent: 'dpo/test',
    ...more,
  });
}

/** Sends what is meant for one origin to a server of the test, and refuses every other. */
export function reroute(routes: Readonly<Record<string, string>>): Dispatcher {
  const agent = new MockAgent();
  agent.enableNetConnect(/^127\.0\.0\.1/);
  return agent.compose((dispatch) => (options, handler) => {
    const origin = String(options.origin);
    const headers = { ...(options.headers as Readonly<Record<string, string>>), 'x-meant-for': origin };
    return dispatch({ ...options, headers, origin: routes[origin] ?? origin }, handler);
  });
}

/** An unsigned token of an identity provider, as the embedded workspace takes it. */
export function jwtOf(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ exp: Math.floor(Date.now() / 1000) + 600, ...claims })}.signature`;
}
