import { describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { normaliseRequests, shippedBehaviours } from '../../src/index.ts';
import { createMonitor, unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const mkdirs = '/api/2.0/workspace/mkdirs';
const me = '/api/2.0/preview/scim/v2/Me';

describe('request log', () => {
  test('calls are filtered by method, path, route and sequence, and counted by route', async () => {
    await withWorkspace({}, async (workspace) => {
      await callSome(workspace);
      const all = (await workspace.call('GET', '/__local/requests')).body;
      expect(all).toMatchObject({
        writes: 2,
        counts: {
          'GET /api/2.0/preview/scim/v2/Me': 1,
          'GET /api/2.0/unknown': 1,
          'GET /api/2.1/unity-catalog/tables/{full_name}': 2,
          'POST /api/2.0/sql/statements': 1,
          'POST /api/2.0/workspace/mkdirs': 2,
        },
      });
      const paths = async (query: string): Promise<readonly string[]> => {
        const { body } = await workspace.call('GET', `/__local/requests?${query}`);
        return (body['requests'] as readonly { readonly path: string }[]).map(({ path }) => path);
      };
      expect(await paths('method=post&path=*mkdirs')).toEqual([mkdirs, mkdirs]);
      expect(await paths(`path=${encodeURIComponent(`${unityPrefix}/tables/{full_name}`)}`)).toHaveLength(2);
      expect(await paths(`path=${encodeURIComponent(`${unityPrefix}/tables/prod.ml.churn`)}`)).toHaveLength(1);
      const last = workspace.requests().at(-1)?.sequence ?? 0;
      expect(await paths(`since=${last - 1}`)).toHaveLength(1);
    });
  });

  test('each call has an id that its answer carries, and the name of its caller', async () => {
    await withWorkspace({}, async ({ call, requests, url }) => {
      const { headers } = await call('GET', me);
      await fetch(url + me);
      expect(requests()).toMatchObject([
        { requestId: headers.get('x-request-id'), principal: 'local.user@example.com', route: me, status: 200 },
        { principal: null, route: me, status: 401 },
      ]);
      expect(new Set(requests().map(({ requestId }) => requestId)).size).toBe(2);
    });
  });

  test('expected numbers are met, or the answer says by line what is not', async () => {
    await withWorkspace({}, async (workspace) => {
      await callSome(workspace);
      const expectThat = (body: unknown) => workspace.call('POST', '/__local/requests/expect', body);
      const counts = { [`POST ${mkdirs}`]: 2, [`GET ${unityPrefix}/tables/{full_name}`]: 2, '* /api/2.0/preview/*': 1 };
      expect((await expectThat({ counts, writes: 2 })).status).toBe(200);
      const unmet = await expectThat({ counts: { ...counts, [`POST ${mkdirs}`]: 3, 'PUT /x': 1 }, writes: 0 });
      expect([unmet.status, unmet.body['error_code']]).toEqual([409, 'EXPECTATION_NOT_MET']);
      expect(unmet.body['message']).toBe(
        [
          'POST /api/2.0/workspace/mkdirs: expected 3, got 2',
          'PUT /x: expected 1, got 0',
          'writes: expected 0, got 2, POST /api/2.0/workspace/mkdirs (2)',
        ].join('\n'),
      );
      const { sequence = 0 } = workspace.requests().at(-1) ?? {};
      expect((await expectThat({ writes: 0, since: sequence })).status).toBe(200);
    });
  });

  test('W005 no secret gets into the log or its file, wherever it is sent', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'dpo-log-'));
    const requestLogFile = join(directory, 'requests.jsonl');
    const secrets: string[] = [];
    const plant = (): string => {
      const secret = `planted-${secrets.length}-Zq9`;
      secrets.push(secret);
      return secret;
    };
    await withWorkspace({ requestLogFile }, async (workspace) => {
      const { token, url, requests } = workspace;
      secrets.push(token);
      const send = (path: string, body: string, headers: Record<string, string> = {}) =>
        fetch(url + path, { method: 'POST', body, headers: { Authorization: `Bearer ${token}`, ...headers } });
      const bodies: readonly unknown[] = [
        { path: '/a', token: plant() },
        { config: { slack: { oauth_token: plant() }, webhook: { password: plant(), clientSecret: plant() } } },
        { list: [{ integration_key: plant() }, { Authorization: plant() }, [{ private_key: plant() }]] },
        { display_name: 'ops', config: { slack: { url: plant(), url_set: true } } },
        { parameters: [{ name: 'api_token', value: plant(), type: 'STRING' }] },
        { path: `/a/${token}`, [token]: 1 },
      ];
      for (const body of bodies) await send(mkdirs, JSON.stringify(body));
      await send(mkdirs, `{"token": "${plant()}"`);
      await send(mkdirs, `grant_type=x&client_secret=${plant()}`, {
        'Content-Type': 'application/x-www-form-urlencoded',
      });
      await send(`${mkdirs}?access_token=${plant()}`, '{}');
      await send(`/api/2.0/nothing/${token}`, '{}');
      await fetch(url + me, { headers: { Authorization: `Bearer ${plant()}`, Cookie: plant() } });
      const kept = JSON.stringify(requests()) + (await readFile(requestLogFile, 'utf8'));
      expect(requests()).toHaveLength(11);
      expect(secrets).toHaveLength(15);
      for (const secret of secrets) expect(kept).not.toContain(secret);
      expect(kept).toContain('[redacted]');
      expect((await stat(requestLogFile)).mode & 0o777).toBe(0o600);
    });
    await rm(directory, { recursive: true });
  });

  test('a call that a fault spoiled counts for its route, and the token of a link is not in its path', async () => {
    await withWorkspace({ faults: [{ match: '* *', times: 'unlimited', status: 503 }] }, async (workspace) => {
      await workspace.call('GET', `${unityPrefix}/tables/prod.ml.churn`);
      await workspace.call('GET', '/external-results/planted-token');
      expect(workspace.requests()).toMatchObject([
        { route: `${unityPrefix}/tables/{full_name}`, path: `${unityPrefix}/tables/prod.ml.churn`, status: 503 },
        { route: '/external-results/{token}', path: '/external-results/[redacted]', status: 503 },
      ]);
    });
  });

  test('page tokens and flags that say that a secret is set stay readable', async () => {
    await withWorkspace({}, async ({ call, requests }) => {
      await call('GET', '/api/2.0/nothing?page_token=abc&next_page_token=def');
      await call('POST', '/api/2.0/nothing', { url_set: true, oauth_token_set: false, token_type: 'Bearer' });
      expect(requests()).toMatchObject([
        { query: { page_token: 'abc', next_page_token: 'def' } },
        { body: { url_set: true, oauth_token_set: false, token_type: 'Bearer' } },
      ]);
    });
  });
});

describe('normalised requests', () => {
  test('two runs with other ids and times give the same calls', async () => {
    const run = async () => {
      let calls: ReturnType<typeof normaliseRequests> = [];
      // Under the other behaviours the folder would have to exist.
      await withWorkspace({ behaviour: shippedBehaviours.documented }, async (workspace) => {
        await createMonitor(workspace, { assets_dir: '/Shared/x' });
        calls = normaliseRequests(workspace.requests());
      });
      return calls;
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(first.at(-1)).toEqual({
      method: 'POST',
      path: '/api/data-quality/v1/monitors',
      query: {},
      body: {
        data_profiling_config: {
          assets_dir: '/Shared/x',
          output_schema_id: '<uuid-1>',
          time_series: { granularities: ['AGGREGATION_GRANULARITY_1_DAY'], timestamp_column: 'event_time' },
        },
        object_id: '<uuid-2>',
        object_type: 'table',
      },
      status: 200,
    });
  });

  test('the same id keeps its name, times and large numbers are steady, and small values stay', () => {
    const id = '123e4567-e89b-42d3-a456-426614174000';
    const logged = {
      sequence: 1,
      requestId: 'x',
      method: 'PATCH',
      path: `/a/${id}/refreshes/4503599627370497`,
      route: null,
      principal: null,
      query: { since: '2026-03-01T00:00:00Z' },
      body: { z: 1, a: [id.toUpperCase(), 'f'.repeat(32), 4_503_599_627_370_497, 1_767_225_600_000, 12, true, null] },
      status: 200,
      ms: 3,
    };
    expect(normaliseRequests([logged])).toEqual([
      {
        method: 'PATCH',
        path: '/a/<uuid-1>/refreshes/<id-1>',
        query: { since: '<time>' },
        body: { a: ['<uuid-1>', '<hex-1>', '<id-1>', '<time>', 12, true, null], z: 1 },
        status: 200,
      },
    ]);
    const [normal] = normaliseRequests([logged]);
    expect(Object.keys(normal?.body as object)).toEqual(['a', 'z']);
  });
});

async function callSome({ call, clearRequests, warehouseId }: TestWorkspace): Promise<void> {
  clearRequests();
  await call('POST', mkdirs, { path: '/Shared/a' });
  await call('POST', mkdirs, { path: '/Shared/b' });
  await call('GET', `${unityPrefix}/tables/prod.ml.churn`);
  await call('GET', `${unityPrefix}/tables/prod.ml.none`);
  await call('GET', me);
  await call('POST', '/api/2.0/sql/statements', { statement: 'SELECT 1', warehouse_id: warehouseId });
  await call('GET', '/api/2.0/unknown');
}
