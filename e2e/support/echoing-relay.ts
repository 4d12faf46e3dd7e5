import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalWorkspace } from '@dpo/local-workspace';

/** What the relay answers with in place of the workspace. It sees all that was sent, and more. */
export type Echo = (secrets: string) => {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A server in front of the workspace that repeats in its headers, and where asked to in its answers, what it got. */
export interface EchoingRelay {
  readonly url: string;
  /** Answers calls whose method and path match with an echo; all others are passed on. */
  echo(match: RegExp, echo: Echo): void;
  /** Echoes that were given. */
  readonly given: () => number;
  close(): Promise<void>;
}

export interface RelayOptions {
  readonly workspace: LocalWorkspace;
  /** Only this token is let in. */
  readonly token: string;
  /** Other secrets that it knows, as the service of a careless company might. */
  readonly secrets: readonly string[];
}

export async function startEchoingRelay({ workspace, token, secrets }: RelayOptions): Promise<EchoingRelay> {
  let rule: { readonly match: RegExp; readonly echo: Echo } | undefined;
  let given = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const all = [...secrets, encodeURIComponent(token), request.headers.authorization ?? ''].join(' ; ');
    const call = `${request.method ?? ''} ${request.url ?? ''}`;
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end();
      return;
    }
    if (rule?.match.test(call) === true) {
      given += 1;
      const { status, body: text, headers } = rule.echo(all);
      response.writeHead(status, { 'x-echo': all, 'set-cookie': `session=${all}`, ...headers }).end(text);
      return;
    }
    const passed = await fetch(`${workspace.url}${request.url ?? ''}`, {
      method: request.method ?? 'GET',
      headers: { ...plain(request.headers), authorization: `Bearer ${workspace.token}` },
      ...(body.length === 0 ? {} : { body }),
    });
    response.writeHead(passed.status, { 'x-echo': all, 'x-request-id': passed.headers.get('x-request-id') ?? '' });
    response.end(Buffer.from(await passed.arrayBuffer()));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    echo: (match, echo) => {
      rule = { match, echo };
    },
    given: () => given,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  const { 'content-type': type } = headers;
  return type === undefined ? {} : { 'content-type': type };
}
