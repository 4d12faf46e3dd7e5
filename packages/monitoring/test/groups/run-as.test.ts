import { describe, expect, test } from '@jest/globals';
import { addressOf, type RecordedResource, type Spec } from '@dpo/core';
import { runAsOf, type RunAs } from '../../src/groups/run-as.ts';
import { brief, load } from '../support.ts';

const address = addressOf('alert', 'ml/drift');
const robot = '2b1f6a0e-3c54-4f0e-9d3a-6f2f0f3f9a11';

function runAs(declared: string | undefined, runner: string | undefined, applied?: Spec): RunAs {
  const text = declared === undefined ? '' : `alerting: { run_as: ${declared} }\n`;
  const entry: RecordedResource = { version: 1, id: 'i', status: 'ok', applied: applied ?? {}, out: {}, needs: [] };
  return runAsOf(address, {
    loaded: load(`monitored_tables: { prod.ml.churn: {} }\n${text}`),
    recorded: new Map(applied === undefined ? [] : [[address, entry]]),
    ...(runner === undefined ? {} : { runner }),
  });
}

describe('W012 whom an alert runs as', () => {
  test('W012 what is not declared is told and not wanted', () => {
    const notes = (...given: Parameters<typeof runAs>): readonly string[] => runAs(...given).notes;
    expect(runAs(undefined, 'ann@x.com').spec).toEqual({});
    expect([notes(undefined, 'ann@x.com'), notes(undefined, undefined), notes(undefined, 'bob@x.com', {})]).toEqual([
      ['runs as ann@x.com, who makes it (alerting.run_as is not set)'],
      ['runs as whoever applies, who makes it (alerting.run_as is not set)'],
      [],
    ]);
  });

  test('W012 a service principal is wanted by its application id', () => {
    const { spec, notes, origins, problems } = runAs(robot, 'ann@x.com');
    expect(spec).toEqual({ run_as: { service_principal_name: robot } });
    expect(notes).toEqual(['whoever sets run_as needs the user role on that service principal']);
    expect(Object.keys(origins)).toEqual(['run_as.service_principal_name']);
    expect(problems).toEqual([]);
  });

  test.each<[string, string | undefined, Spec | undefined, boolean]>([
    ['ann@x.com', 'Ann@X.com', undefined, false],
    ['ann@x.com', undefined, undefined, false],
    ['ann@x.com', 'bob@x.com', undefined, true],
    ['ann@x.com', 'bob@x.com', { run_as: { user_name: 'ANN@x.com' } }, false],
    ['ann@x.com', 'bob@x.com', { run_as: { user_name: 'eve@x.com' } }, true],
    ['ann@x.com', 'bob@x.com', { run_as: { service_principal_name: robot } }, true],
  ])('W012 the user %s, set by %s after %j', (...[declared, runner, applied, warned]) => {
    const { spec, problems } = runAs(declared, runner, applied);
    expect(spec).toEqual({ run_as: { user_name: declared } });
    expect(problems.map(brief)).toEqual(
      warned
        ? [
            'dpo.yaml:4:21 warning PLAN.RUN_AS: alerts are to run as ann@x.com, which only ann@x.com can set, and these credentials are those of bob@x.com',
          ]
        : [],
    );
  });
});
