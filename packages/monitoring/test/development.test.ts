import { loadConfig } from '@dpo/config';
import { kindOf, type Desired } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { desire, displayName, tablesToRead, type Development } from '../src/index.ts';
import { brief, churn, head, monitorIn, tableOf } from './support.ts';

const text = `${head}targets: { dev: { development: true } }
profile_defaults: { profile_type: SNAPSHOT, schedule: "0 0 6 * * ?" }
monitored_tables:
  ${churn}: {}
  prod.ml.orders: {}
  prod.ml.plain: { schedule: null }
`;

function desireOf(development?: Development): Desired {
  const loaded = loadConfig({ file: 'dpo.yaml', text, environment: {}, today: '2027-01-01' });
  const findings = tablesToRead(loaded).map(
    (name) => [name, { status: 'present', table: tableOf({ fullName: name }) }] as const,
  );
  return desire({
    loaded,
    findings: new Map(findings),
    owner: { project: 'dpo', target: 'dev-anna-1a2b3c' },
    target: { name: 'dev', host: 'local', workspaceId: '1', metastoreId: 'm' },
    warehouseId: loaded.config.warehouse_id,
    ...(development === undefined ? {} : { development }),
  });
}

describe('ruling 20 a development target', () => {
  test('has no schedules, and says so once', () => {
    const desired = desireOf({ user: 'anna' });
    expect(
      desired.resources.filter(({ address, spec }) => kindOf(address) === 'monitor' && 'schedule' in spec),
    ).toEqual([]);
    expect(desired.problems.map(brief)).toEqual([
      "dpo.yaml:3:32 note CONFIG.DEVELOPMENT: schedules are left out in the development target 'dev': 2 monitors",
    ]);
  });

  test('keeps what a person makes in a folder of their own', () => {
    expect(monitorIn(desireOf({ user: 'anna' })).spec['assets_dir']).toBe(
      `/Workspace/Shared/DPO/dpo/dev-anna-1a2b3c/monitors/${churn}`,
    );
  });

  test('any other target has its schedules, and says nothing', () => {
    const desired = desireOf();
    expect(monitorIn(desired).spec).toHaveProperty('schedule');
    expect(desired.problems).toEqual([]);
  });

  test('display names say whose they are', () => {
    expect(displayName('sales quality', { user: 'anna' })).toBe('[dev anna] sales quality');
    expect(displayName('sales quality', undefined)).toBe('sales quality');
  });
});
