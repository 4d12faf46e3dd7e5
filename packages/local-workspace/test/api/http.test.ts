import { describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Exchange } from '../../src/index.ts';
import { unityPrefix, withWorkspace } from '../workspace-client.ts';

const me = '/api/2.0/preview/scim/v2/Me';

describe('http', () => {
  test('a call without the token or with a wrong one is answered 401 with the workspace id in the header', async () => {
    await withWorkspace({}, async ({ url, workspaceId, token }) => {
      for (const headers of [{}, { Authorization: 'Bearer wrong' }, { Authorization: `Basic ${token}` }]) {
        const response = await fetch(url + me, { headers });
        expect(response.status).toBe(401);
        expect(response.headers.get('x-databricks-org-id')).toBe(workspaceId);
        expect(await response.json()).toMatchObject({ error_code: 'UNAUTHENTICATED', details: [] });
      }
    });
  });

  test('with anyToken every bearer token is good', async () => {
    await withWorkspace({ anyToken: true, principal: 'ann@example.com' }, async ({ url }) => {
      const response = await fetch(url + me, { headers: { Authorization: 'Bearer whatever' } });
      expect(await response.json()).toMatchObject({
        userName: 'ann@example.com',
        groups: [{ display: 'users' }, { display: 'admins' }],
      });
    });
  });

  test('an unknown route is answered 404 with the path', async () => {
    await withWorkspace({}, async ({ call }) => {
      const { status, body } = await call('GET', '/api/2.0/nothing?x=1');
      expect({ status, body }).toEqual({
        status: 404,
        body: { error_code: 'ENDPOINT_NOT_FOUND', message: "No API found for 'GET /api/2.0/nothing'", details: [] },
      });
    });
  });

  test('unknown fields, wrong types and missing fields are answered 400 with the name of the field', async () => {
    await withWorkspace({}, async ({ call }) => {
      const schemas = `${unityPrefix}/schemas`;
      const replies = [
        await call('GET', `${unityPrefix}/tables?catalog_name=prod`),
        await call('GET', `${unityPrefix}/tables?catalog_name=prod&schema_name=ml&omit_columns=yes`),
        await call('GET', `${me}?debug=1`),
        await call('POST', schemas, { name: 'x', catalog_name: 'prod', properties: { a: 1 } }),
        await call('POST', schemas, { name: 'x', catalog_name: 'prod', colour: 'red' }),
      ];
      expect(replies.map(({ status, body }) => [status, body['error_code'], body['message']])).toEqual([
        [400, 'INVALID_PARAMETER_VALUE', 'schema_name: missing required field'],
        [400, 'INVALID_PARAMETER_VALUE', 'omit_columns: expected true or false'],
        [400, 'INVALID_PARAMETER_VALUE', 'debug: unknown field'],
        [400, 'INVALID_PARAMETER_VALUE', 'properties.a: expected a string but got a number'],
        [400, 'INVALID_PARAMETER_VALUE', 'colour: unknown field'],
      ]);
    });
  });

  test('a body that is not JSON is answered 400', async () => {
    await withWorkspace({ anyToken: true }, async ({ url }) => {
      const headers = { Authorization: 'Bearer t' };
      const response = await fetch(`${url}/api/2.0/workspace/mkdirs`, { method: 'POST', headers, body: '{' });
      expect([response.status, await response.json()]).toEqual([
        400,
        { error_code: 'MALFORMED_REQUEST', message: 'the request body is not JSON', details: [] },
      ]);
    });
  });

  test('calls are logged in order without their token and control calls are not', async () => {
    await withWorkspace({}, async ({ call, requests, clearRequests, token }) => {
      clearRequests();
      await call('POST', '/api/2.0/workspace/mkdirs', { path: '/Shared/x' });
      await call('GET', '/api/2.0/workspace/list?path=%2FShared');
      expect((await call('GET', '/__local/requests')).body['requests']).toEqual(requests());
      expect(requests()).toEqual([
        { ...logged('POST', '/api/2.0/workspace/mkdirs'), query: {}, body: { path: '/Shared/x' } },
        { ...logged('GET', '/api/2.0/workspace/list'), query: { path: '/Shared' }, body: null },
      ]);
      expect(JSON.stringify(requests())).not.toContain(token);
      await call('DELETE', '/__local/requests');
      expect(requests()).toEqual([]);
    });
  });

  test('the log can be followed in a file', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'dpo-log-'));
    const requestLogFile = join(directory, 'requests.jsonl');
    await withWorkspace({ requestLogFile }, async ({ call }) => {
      await call('GET', me);
    });
    expect(JSON.parse(await readFile(requestLogFile, 'utf8'))).toMatchObject({ path: me, status: 200, sequence: 1 });
    await rm(directory, { recursive: true });
  });

  test('the hook sees each call before its effect, after its effect and after its answer', async () => {
    const seen: [Exchange['phase'], Exchange['sequence'], boolean][] = [];
    let exists: () => boolean = () => false;
    await withWorkspace({ onExchange: (exchange) => record(exchange) }, async ({ call, requests }) => {
      exists = () => requests().length > 0;
      await call('POST', '/api/2.0/workspace/mkdirs', { path: '/Shared/x' });
      await call('GET', '/__local/requests');
    });
    expect(seen).toEqual([
      ['received', 1, false],
      ['handled', 1, false],
      ['answered', 1, true],
    ]);
    function record({ phase, sequence }: Exchange): void {
      seen.push([phase, sequence, exists()]);
    }
  });

  test('full names are found percent-encoded and in any case', async () => {
    await withWorkspace({}, async ({ call }) => {
      expect((await call('GET', `${unityPrefix}/schemas/PROD%2Eml`)).body['full_name']).toBe('prod.ml');
    });
  });

  test('POST /__local/stop closes the server after its answer', async () => {
    await withWorkspace({}, async ({ call, closed, url }) => {
      expect((await call('POST', '/__local/stop')).status).toBe(200);
      await closed;
      await expect(fetch(url + me)).rejects.toThrow('fetch failed');
    });
  });
});

function logged(method: string, path: string) {
  return {
    sequence: expect.any(Number),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    method,
    path,
    route: path,
    principal: 'local.user@example.com',
    status: 200,
    ms: expect.any(Number),
  };
}
