import { describe, expect, test } from '@jest/globals';
import type { LocalWorkspaceOptions } from '../../src/index.ts';
import { withWorkspace } from '../workspace-client.ts';

const scim = '/api/2.0/preview/scim/v2';
const principals: NonNullable<LocalWorkspaceOptions['principals']> = [
  { userName: 'bo@x.com', displayName: 'Bo', groups: ['users', 'analysts'] },
  { userName: 'app-id', kind: 'service_principal', displayName: 'ci' },
];

describe('scim', () => {
  test.each([
    ['Users', 'userName eq "BO@x.com"', ['Bo']],
    ['Users', "displayName eq 'bo'", ['Bo']],
    ['Users', 'userName eq bo@x.com', ['Bo']],
    ['Users', 'userName eq "app-id"', []],
    ['ServicePrincipals', 'applicationId eq "app-id"', ['ci']],
    ['Groups', 'displayName eq "analysts"', ['analysts']],
    ['Groups', 'displayName eq "none"', []],
  ])('%s that fit %s', async (kind, filter, wanted) => {
    await withWorkspace({ principals }, async ({ call }) => {
      const { body } = await call('GET', `${scim}/${kind}?filter=${encodeURIComponent(filter)}`);
      const found = body['Resources'] as Record<string, unknown>[];
      expect(found.map(({ displayName }) => displayName)).toEqual(wanted);
      expect(body['totalResults']).toBe(wanted.length);
    });
  });

  test('ids of lists, of Me and of groups agree', async () => {
    await withWorkspace({ principals }, async ({ call }) => {
      const me = (await call('GET', `${scim}/Me`)).body;
      const users = (await call('GET', `${scim}/Users`)).body['Resources'] as Record<string, unknown>[];
      expect(users.find(({ userName }) => userName === me['userName'])).toEqual(me);
      expect((await call('GET', `${scim}/Users/${String(me['id'])}`)).body).toEqual(me);
      const [group] = me['groups'] as Record<string, unknown>[];
      const members = (await call('GET', `${scim}/Groups/${String(group?.['value'])}`)).body['members'];
      expect((members as Record<string, unknown>[]).map(({ value }) => value)).toContain(me['id']);
    });
  });

  test('a list is cut by startIndex and count', async () => {
    await withWorkspace({ principals }, async ({ call }) => {
      const { body } = await call('GET', `${scim}/Users?startIndex=2&count=1`);
      expect(body).toMatchObject({ totalResults: 2, startIndex: 2, itemsPerPage: 1 });
      expect(body['Resources']).toHaveLength(1);
    });
  });

  test('faults have the body of SCIM', async () => {
    await withWorkspace({ principals }, async ({ call }) => {
      const filter = encodeURIComponent('userName co "x" or active eq true');
      for (const [path, status] of [
        [`${scim}/Users/7`, 404],
        [`${scim}/Users?filter=${filter}`, 400],
      ] as const) {
        const reply = await call('GET', path);
        expect([reply.status, reply.body]).toEqual([
          status,
          {
            schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
            detail: expect.any(String),
            status: String(status),
          },
        ]);
      }
    });
  });
});
