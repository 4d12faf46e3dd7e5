import { request } from 'node:http';
import { expect } from '@jest/globals';
import { unityPrefix } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

export const filesPath = '/api/2.0/fs/files/Volumes/prod/ml/state';
export const directoriesPath = '/api/2.0/fs/directories/Volumes/prod/ml/state';

export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly bytes: Buffer;
}

/** Makes the volume `prod.ml.state`. */
export async function createVolume(workspace: TestWorkspace, name = 'state'): Promise<Record<string, unknown>> {
  const wanted = { catalog_name: 'prod', schema_name: 'ml', name, volume_type: 'MANAGED' };
  const reply = await workspace.call('POST', `${unityPrefix}/volumes`, wanted);
  expect(reply.status).toBe(200);
  return reply.body;
}

/** A call whose path goes out as it is written: `fetch` would resolve `..` itself. */
export function raw(
  workspace: Pick<TestWorkspace, 'url' | 'token'>,
  call: {
    readonly method: string;
    readonly path: string;
    readonly content?: string | Uint8Array;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<RawReply> {
  const { hostname, port } = new URL(workspace.url);
  const { method, path, content = '', headers } = call;
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        method,
        path,
        headers: {
          Authorization: `Bearer ${workspace.token}`,
          'Content-Type': 'application/octet-stream',
          'Content-Length': Buffer.byteLength(content),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(content);
  });
}

export function put(workspace: TestWorkspace, path: string, content: string | Uint8Array): Promise<RawReply> {
  return raw(workspace, { method: 'PUT', path: `${filesPath}/${path}`, content });
}

export async function contentOf(workspace: TestWorkspace, path: string): Promise<string> {
  const reply = await raw(workspace, { method: 'GET', path: `${filesPath}/${path}` });
  expect(reply.status).toBe(200);
  return reply.bytes.toString();
}

export function jsonOf(reply: RawReply): Record<string, unknown> {
  return JSON.parse(reply.bytes.toString()) as Record<string, unknown>;
}
