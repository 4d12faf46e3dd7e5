import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { controlCalls, startLocalWorkspace, type ControlCalls, type LocalWorkspace } from '@dpo/local-workspace';
import { evaluateNamed, evaluationText, noticeText } from '../src/local-alerts.ts';

describe('alerts of the embedded workspace', () => {
  let workspace: LocalWorkspace;
  let control: ControlCalls;
  let paused: string;
  beforeAll(async () => {
    workspace = await startLocalWorkspace({ directory: ':memory:' });
    control = controlCalls(workspace);
    await make('[DPO] Drift Alert - prod - ml', { query_text: 'SELECT 2 AS level' });
    await make('[DPO] Data Quality Alert - prod - ml', { query_text: 'SELECT 0 AS level' });
    paused = await make('Paused', { query_text: 'SELECT 1 AS nothing' }, 'PAUSED');
  });
  afterAll(() => workspace.close());

  const make = async (name: string, fields: object, pause = 'UNPAUSED'): Promise<string> => {
    const response = await fetch(`${workspace.url}/api/2.0/alerts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${workspace.token}` },
      body: JSON.stringify({
        display_name: name,
        warehouse_id: workspace.warehouseId,
        evaluation: {
          source: { name: 'level' },
          comparison_operator: 'GREATER_THAN_OR_EQUAL',
          threshold: { value: { double_value: 1 } },
          notification: { subscriptions: [{ user_email: 'ann@example.com' }] },
        },
        schedule: { quartz_cron_schedule: '0 0 * * * ?', timezone_id: 'UTC', pause_status: pause },
        ...fields,
      }),
    });
    return ((await response.json()) as { readonly id: string }).id;
  };
  const states = async (...names: readonly string[]): Promise<readonly string[]> =>
    (await evaluateNamed(control, names)).evaluations.map(({ alert_name: name, state }) => `${name}: ${state}`);

  test('U101 all that are not paused are evaluated, and the others are named', async () => {
    const all = await evaluateNamed(control, []);
    expect(all.evaluations.map(({ state }) => state)).toEqual(['TRIGGERED', 'OK']);
    expect(all.paused.map(({ alert_name: name }) => name)).toEqual(['Paused']);
  });

  test('U101 one is named by its id or its name, in which * is any text, paused or not, and is evaluated once', async () => {
    expect(await states('*drift*', '[DPO] Drift Alert - prod - ml')).toEqual([
      '[DPO] Drift Alert - prod - ml: TRIGGERED',
    ]);
    expect(await states(paused)).toEqual(['Paused: ERROR']);
    await expect(states('*drift*', 'Pausd')).rejects.toMatchObject({
      problems: [{ code: 'LOCAL.NO_ALERT', hint: "did you mean 'Paused'?" }],
    });
  });

  test('U101 who was told, or why nobody, stands beside the state', async () => {
    await control.clearOutbox();
    const { evaluations } = await evaluateNamed(control, ['*Quality*', 'Paused']);
    expect(evaluations.map(evaluationText).map(({ told }) => told)).toEqual([
      'nothing to tell in this state',
      'sent to ann@example.com',
    ]);
    expect((await control.outbox()).map(noticeText)).toMatchObject([
      { alert: 'Paused', state: 'ERROR', recipients: ['ann@example.com'] },
    ]);
    const destination = { destination_id: 'd', display_name: 'Ops', destination_type: 'SLACK' } as const;
    const [first] = evaluations;
    if (first === undefined) throw new Error('nothing was evaluated');
    const told = (more: object): string => evaluationText({ ...first, silence: undefined, ...more } as never).told;
    expect(told({ recipients: [destination, { destination_id: 'x' }] })).toBe(
      'sent to Ops (slack), destination x, which is gone',
    );
    expect(told({ silence: 'NO_RECIPIENTS', recipients: [] })).toContain('nobody');
    expect(told({ silence: 'ALREADY_TOLD', recipients: [destination] })).toContain('Ops (slack) was told');
  });
});
