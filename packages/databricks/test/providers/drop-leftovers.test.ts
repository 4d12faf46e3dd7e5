import { describe, expect, test } from '@jest/globals';
import { addressOf, type Leftover } from '@dpo/core';
import { createProviders } from '../../src/index.ts';
import { mockWorkspace, problemOf, type Answer, type MockWorkspace } from '../support/mock-workspace.ts';

const address = addressOf('monitor', 'prod.ml.churn');
const one = '/api/data-quality/v1/monitors/table/uuid';
const table = (name: string): string => `/api/2.1/unity-catalog/tables/${name}`;
const dashboard = '/api/2.0/lakeview/dashboards/dash';

const profile = { kind: 'table', name: 'prod.out.churn_profile_metrics' } as const;
const drift = { kind: 'table', name: 'prod.out.churn_drift_metrics' } as const;
const generated = { kind: 'dashboard', name: 'dash' } as const;

const missing: Answer = { status: 404, body: { error_code: 'TABLE_DOES_NOT_EXIST', message: 'no such table' } };
const forbidden: Answer = { status: 403, body: { error_code: 'PERMISSION_DENIED', message: 'not the owner' } };

async function removing(purge: readonly Leftover[], prepare: (workspace: MockWorkspace) => void): Promise<void> {
  const workspace = mockWorkspace();
  prepare(workspace);
  const { monitor } = createProviders({ client: workspace.client });
  try {
    await monitor.delete({ address, id: 'uuid', purge }, workspace.write);
  } finally {
    await workspace.done();
  }
}

describe('what a deleted monitor leaves behind', () => {
  test('is dropped after the monitor, and nothing else is asked for', async () => {
    const order: string[] = [];
    await removing([profile, drift, generated], (workspace) => {
      for (const path of [one, table(profile.name), table(drift.name), dashboard])
        workspace.reply('DELETE', path, { seen: () => order.push(path) });
    });
    expect(order).toEqual([one, table(profile.name), table(drift.name), dashboard]);
  });

  test('stays when nobody asks for a purge', async () => {
    const workspace = mockWorkspace();
    workspace.reply('DELETE', one, {});
    await createProviders({ client: workspace.client }).monitor.delete({ address, id: 'uuid' }, workspace.write);
    await workspace.done();
  });

  test('is not touched when the monitor cannot be deleted', async () => {
    const refused = removing([profile], (workspace) => {
      workspace.reply('DELETE', one, forbidden);
    });
    expect((await problemOf(refused)).code).toBe('API.FORBIDDEN');
  });

  test('counts as dropped when it is gone, also with the monitor gone: an interrupted purge is repeated', async () => {
    await removing([profile, drift, generated], (workspace) => {
      workspace.reply('DELETE', one, { status: 404, body: { message: 'Cannot find Monitor with ID' } });
      workspace.reply('DELETE', table(profile.name), missing);
      workspace.reply('DELETE', table(drift.name), {});
      workspace.reply('DELETE', dashboard, {
        status: 404,
        body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'gone' },
      });
    });
  });

  test.each<[string, Answer]>([
    ['is in the trash already', { body: { dashboard_id: 'dash', lifecycle_state: 'TRASHED' } }],
    ['is purged from the trash meanwhile', { status: 404, body: { message: 'gone' } }],
  ])('a dashboard that may not be trashed because it %s counts as dropped', async (_name, answer) => {
    await removing([generated], (workspace) => {
      workspace.reply('DELETE', one, {});
      workspace.reply('DELETE', dashboard, forbidden);
      workspace.reply('GET', dashboard, answer);
    });
  });

  test.each<[string, Answer]>([
    ['it is not ours', { body: { dashboard_id: 'dash', lifecycle_state: 'ACTIVE' } }],
    ['nobody may look at it', forbidden],
  ])('a dashboard that may not be trashed because %s is refused', async (_name, answer) => {
    const refused = removing([generated], (workspace) => {
      workspace.reply('DELETE', one, {});
      workspace.reply('DELETE', dashboard, forbidden);
      workspace.reply('GET', dashboard, answer);
    });
    expect(await problemOf(refused)).toMatchObject({
      code: 'API.FORBIDDEN',
      message: expect.stringContaining('generated dashboard dash could not be dropped'),
      hint: expect.stringContaining('CAN MANAGE on dashboard dash'),
    });
  });

  test('a table that may not be dropped does not keep the others; the refusal names it and the grant', async () => {
    const refused = removing([profile, drift], (workspace) => {
      workspace.reply('DELETE', one, {});
      workspace.reply('DELETE', table(profile.name), forbidden);
      workspace.reply('DELETE', table(drift.name), {});
    });
    expect(await problemOf(refused)).toMatchObject({
      code: 'API.FORBIDDEN',
      message: expect.stringMatching(
        /^the monitor is deleted, and its metric table prod\.out\.churn_profile_metrics could not be dropped: /u,
      ),
      hint: expect.stringMatching(
        /grant MANAGE on table prod\.out\.churn_profile_metrics.*dpo destroy --purge-metrics$/u,
      ),
    });
  });

  test('a name is one segment of the path, whatever is in it', async () => {
    const odd = { kind: 'table', name: 'prod.out.a/b?c#d_profile_metrics' } as const;
    await removing([odd], (workspace) => {
      workspace.reply('DELETE', one, {});
      workspace.reply('DELETE', table(encodeURIComponent(odd.name)), {});
    });
  });
});
