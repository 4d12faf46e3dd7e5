import { describe, expect, test } from '@jest/globals';
import { mockWorkspace, problemOf } from '../support/mock-workspace.ts';

const json = (value: unknown): string => JSON.stringify(value);

interface Answered {
  readonly status: number;
  readonly body: string;
  readonly headers?: Record<string, string>;
}

async function problemFor(method: 'GET' | 'POST', { status, body, headers = {} }: Answered) {
  const workspace = mockWorkspace();
  workspace.pool.intercept({ method, path: '/api/x' }).reply(status, body, { headers }).persist();
  return problemOf(workspace.client.send({ method, path: '/api/x', ...(method === 'POST' ? { body: {} } : {}) }));
}

describe('answers that are errors', () => {
  test.each<[string, number, string, string, string]>([
    [
      'error_code and details',
      400,
      json({ error_code: 'INVALID_PARAMETER_VALUE', message: 'bad column', details: [] }),
      'API.INVALID',
      'GET /api/x: answered 400 INVALID_PARAMETER_VALUE: bad column',
    ],
    [
      'a reason in the details',
      403,
      json({ message: 'no', details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'NO_GRANT' }] }),
      'API.FORBIDDEN',
      'answered 403 NO_GRANT: no',
    ],
    [
      'only a message',
      404,
      json({ message: "Table 'a.b.c' does not exist." }),
      'API.NOT_FOUND',
      "answered 404: Table 'a.b.c' does not exist.",
    ],
    ['the form of API 1.2', 400, json({ error: 'old style' }), 'API.INVALID', 'answered 400: old style'],
    [
      'OAuth',
      400,
      json({ error: 'invalid_request', error_description: 'no scope' }),
      'API.INVALID',
      'answered 400: no scope',
    ],
    [
      'SCIM',
      404,
      json({ detail: 'no such user', status: '404', scimType: 'x' }),
      'API.NOT_FOUND',
      'answered 404 SCIM_404: no such user',
    ],
    [
      'plain text with a code',
      400,
      'MALFORMED_REQUEST: no\nidea',
      'API.INVALID',
      'answered 400 MALFORMED_REQUEST: no idea',
    ],
    ['plain text', 400, 'nonsense', 'API.INVALID', 'answered 400: nonsense'],
    ['HTML with pre', 400, '<html><pre>the <b>reason</b></pre></html>', 'API.INVALID', 'answered 400: the reason'],
    [
      'HTML with a title',
      403,
      '<html><title>Forbidden area</title></html>',
      'API.FORBIDDEN',
      'answered 403: Forbidden area',
    ],
    ['nothing', 403, '', 'API.FORBIDDEN', 'answered 403: Forbidden'],
    [
      'an object under error',
      400,
      json({ error: { code: 400, status: 'INVALID_ARGUMENT', message: 'nested' } }),
      'API.INVALID',
      'answered 400 INVALID_ARGUMENT: nested',
    ],
    [
      'fields that are wrong',
      400,
      json({
        error_code: 'INVALID_PARAMETER_VALUE',
        message: 'bad request',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            field_violations: [{ field: 'schedule', description: 'no cron' }],
          },
        ],
      }),
      'API.INVALID',
      'answered 400 INVALID_PARAMETER_VALUE: bad request (schedule: no cron)',
    ],
    [
      'the id of the request in the details',
      403,
      json({
        message: 'no',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RequestInfo', request_id: 'abc-123' }],
      }),
      'API.FORBIDDEN',
      'answered 403: no (request abc-123)',
    ],
  ])('read %s', async (_name, ...[status, body, code, words]) => {
    const problem = await problemFor('GET', { status, body });
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(words);
  });

  test('the id of the request is told, from the header', async () => {
    const said = await problemFor('GET', { status: 400, body: '', headers: { 'X-Request-Id': '6f2c-1' } });
    expect(said.message).toBe('GET /api/x: answered 400: Bad Request (request 6f2c-1)');
    const odd = await problemFor('GET', { status: 400, body: '', headers: { 'X-Request-Id': 'a b<script>' } });
    expect(odd.message).toBe('GET /api/x: answered 400: Bad Request');
  });

  test.each([
    ['another host', 'https://portal.example.com/login?token=x', 'https://portal.example.com/login'],
    ['the sign-in page of the host', '/login.html?next=%2Fapi', 'https://unit.cloud.databricks.com/login.html'],
  ])('a redirect to %s is not followed, and named without its query', async (_name, location, shown) => {
    const problem = await problemFor('GET', { status: 302, body: '', headers: { location } });
    expect(problem.code).toBe('API.MALFORMED');
    expect(problem.message).toBe(`GET /api/x: answered 302 with a redirect to ${shown}, which is not followed`);
    expect(problem.hint).toContain('no sign-in page of the network answers for it');
  });

  test('a captive portal is called a web page', async () => {
    const problem = await problemFor('GET', { status: 200, body: '<html><title>Hotel Wi-Fi</title></html>' });
    expect(problem.message).toBe('GET /api/x: answered 200 with a web page (Hotel Wi-Fi)');
    expect(problem.hint).toContain('https://unit.cloud.databricks.com (from DATABRICKS_HOST)');
  });

  test('a redirect that says private link is refused with the reason', async () => {
    const problem = await problemFor('GET', {
      status: 302,
      body: '',
      headers: { location: '/login.html?error=private-link-validation-error' },
    });
    expect(problem.code).toBe('API.FORBIDDEN');
    expect(problem.hint).toContain('private link');
  });

  test.each<[string, number, string, string]>([
    ['409', 409, json({ message: 'Data Monitor x already exists' }), 'API.CONFLICT'],
    [
      '400 with a code of Unity Catalog',
      400,
      json({ error_code: 'SCHEMA_ALREADY_EXISTS', message: 'x' }),
      'API.CONFLICT',
    ],
    ['400 with words only', 400, json({ message: "Data Monitor 'a.b.c' already exists" }), 'API.CONFLICT'],
    ['400 for a missing object', 400, json({ error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'x' }), 'API.NOT_FOUND'],
    ['401', 401, '', 'API.UNAUTHENTICATED'],
    ['403 for a bad token', 403, json({ error_code: '403', message: 'Invalid access token.' }), 'API.UNAUTHENTICATED'],
    ['a quota by its code', 429, json({ error_code: 'QUOTA_EXCEEDED', message: 'x' }), 'API.QUOTA'],
    ['a quota outside 429', 400, json({ error_code: 'RESOURCE_EXHAUSTED', message: 'x' }), 'API.QUOTA'],
    [
      'a quota by its words',
      400,
      json({ error_code: 'BAD_REQUEST', message: 'monitor quota of 100 reached' }),
      'API.QUOTA',
    ],
    [
      'a quota in the details',
      403,
      json({ message: 'x', details: [{ '@type': 'type.googleapis.com/google.rpc.QuotaFailure' }] }),
      'API.QUOTA',
    ],
    ['501', 501, json({ error_code: 'NOT_IMPLEMENTED', message: 'x' }), 'API.NOT_IMPLEMENTED'],
    [
      'a 404 of the API, not of the object',
      404,
      json({ error_code: 'ENDPOINT_NOT_FOUND', message: 'x' }),
      'API.NOT_IMPLEMENTED',
    ],
    [
      'a 404 of the metastore',
      404,
      json({ error_code: 'METASTORE_DOES_NOT_EXIST', message: 'x' }),
      'API.NOT_IMPLEMENTED',
    ],
    ['a 404 page of a proxy', 404, '<html><title>Not found</title></html>', 'API.UNREACHABLE'],
    ['500', 500, '', 'API.SERVER'],
    ['a redirect', 302, '', 'API.MALFORMED'],
    ['a success that is no JSON', 200, '<html>login</html>', 'API.MALFORMED'],
    ['a success that is a list', 200, '[]', 'API.MALFORMED'],
  ])('%s', async (_name, ...[status, body, code]) => {
    expect((await problemFor('GET', { status, body })).code).toBe(code);
  });

  test('a write that was answered with something else may have taken effect', async () => {
    expect((await problemFor('POST', { status: 200, body: '<html>login</html>' })).code).toBe('API.OUTCOME_UNKNOWN');
    expect((await problemFor('POST', { status: 500, body: '' })).code).toBe('API.OUTCOME_UNKNOWN');
  });

  test('refused credentials say where they came from', async () => {
    expect((await problemFor('GET', { status: 401, body: '' })).hint).toContain('the token came from DATABRICKS_TOKEN');
  });

  test('an empty success is an empty object', async () => {
    const workspace = mockWorkspace();
    workspace.reply('DELETE', '/api/x', { body: '' });
    expect((await workspace.client.send({ method: 'DELETE', path: '/api/x' })).body).toEqual({});
    await workspace.done();
  });
});
