import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../src/api/route.ts';
import { createNormalisation } from '../../src/realism/normalise-answers.ts';
import { normaliseRules } from '../../src/realism/normalise-rules.ts';
import { seededRandom } from '../../src/realism/seeded-random.ts';
import { unityPrefix, withWorkspace } from '../workspace-client.ts';

const tablePath = `${unityPrefix}/tables/a.b.c`;
const monitorPath = '/api/data-quality/v1/monitors/table/1';

const table = { full_name: 'a.b.c', owner: 'ann', name: 'c', columns: [{ type_text: 'int', position: 0, name: 'x' }] };
const monitor = {
  object_id: '1',
  data_profiling_config: {
    output_schema_id: 's',
    slicing_exprs: ['a', 'b', 'c'],
    time_series: { granularities: ['1', '2', '3'] },
    schedule: { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'UTC' },
  },
};

describe('normalised answers', () => {
  test('properties come in other orders and nothing else changes where no rule holds', () => {
    const answer = { a: 1, b: [3, 1, 2], c: { d: null, e: '', f: false }, g: 'x  y' };
    const forms = formsOf('/api/2.0/other', answer);
    for (const form of forms) expect(form).toEqual(answer);
    expect(new Set(forms.map((form) => Object.keys(form).join(''))).size).toBeGreaterThan(5);
  });

  test('an unset text is absent, null or empty, and a set one stays', () => {
    const comments = formsOf(tablePath, table).map((form) => form['comment']);
    expect(new Set(comments)).toEqual(new Set([undefined, null, '']));
    for (const form of formsOf(tablePath, { ...table, comment: 'kept' })) expect(form['comment']).toBe('kept');
  });

  test('an unset list or mapping is absent, null or empty', () => {
    const properties = formsOf(tablePath, { ...table, properties: {} }).map((form) =>
      JSON.stringify(form['properties']),
    );
    expect(new Set(properties)).toEqual(new Set([undefined, 'null', '{}']));
    const metrics = formsOf(monitorPath, monitor).map((form) => JSON.stringify(configOf(form)['custom_metrics']));
    expect(new Set(metrics)).toEqual(new Set([undefined, 'null', '[]']));
  });

  test('slices and granularities come in any order, other lists in theirs', () => {
    const forms = formsOf(monitorPath, { ...monitor, other: ['1', '2', '3'] });
    const orders = forms.map((form) => String(configOf(form)['slicing_exprs']).replaceAll('`', ''));
    const others = forms.map((form) => String((configOf(form)['time_series'] as Answer)['granularities']));
    for (const found of [orders, others]) expect(new Set(found).size).toBe(6);
    for (const order of orders) expect(order.split(',').toSorted()).toEqual(['a', 'b', 'c']);
    for (const form of forms) expect(form['other']).toEqual(['1', '2', '3']);
  });

  test('a slice by a plain name may come back-ticked, an expression stays', () => {
    const config = { ...monitor.data_profiling_config, slicing_exprs: ['a', 'a > 1'] };
    const forms = formsOf(monitorPath, { ...monitor, data_profiling_config: config }).map(configOf);
    const slices = forms.flatMap((form) => form['slicing_exprs'] as readonly string[]);
    expect(new Set(slices)).toEqual(new Set(['a', '`a`', 'a > 1']));
  });

  test('a folder comes with and without /Workspace and a slash at the end, a baseline in any case', () => {
    const set = { assets_dir: '/Workspace/Shared/x', baseline_table_name: 'Prod.ML.base' };
    const config = { ...monitor.data_profiling_config, ...set };
    const forms = formsOf(monitorPath, { ...monitor, data_profiling_config: config }).map(configOf);
    const paths = ['/Workspace/Shared/x', '/Workspace/Shared/x/', '/Shared/x', '/Shared/x/'];
    expect(new Set(forms.map((form) => form['assets_dir']))).toEqual(new Set(paths));
    expect(new Set(forms.map((form) => form['baseline_table_name']))).toEqual(
      new Set(['Prod.ML.base', 'prod.ml.base']),
    );
  });

  test('notices that nobody set are absent, or empty at any depth', () => {
    const forms = formsOf(monitorPath, monitor).map((form) => JSON.stringify(configOf(form)['notification_settings']));
    const empty = [undefined, 'null', '{}', '{"on_failure":{}}', '{"on_failure":{"email_addresses":[]}}'];
    expect(new Set(forms)).toEqual(new Set(empty));
  });

  test('blanks in a cron expression may be doubled and nothing else of it changes', () => {
    const forms = formsOf(monitorPath, monitor).map(configOf);
    const crons = forms.map((form) => String((form['schedule'] as Answer)['quartz_cron_expression']));
    expect(new Set(crons).size).toBeGreaterThan(3);
    for (const cron of crons) expect(cron.replaceAll('  ', ' ')).toBe('0 0 12 * * ?');
  });

  test('names of fields and set values never change', () => {
    const keys = (form: Answer): readonly string[] => Object.keys(configOf(form)).toSorted();
    for (const form of formsOf(monitorPath, monitor)) {
      const added = normaliseRules.flatMap(({ unset }) => unset.map(({ name }) => name));
      const known = [...added, ...keys(monitor)];
      expect(known).toEqual(expect.arrayContaining([...keys(form)]));
      expect(configOf(form)['output_schema_id']).toBe('s');
    }
  });

  test('the same seed gives the same bytes over HTTP, another seed others', async () => {
    const text = async (seed: number): Promise<string> => {
      let found = '';
      await withWorkspace({ realism: { normalise: true, seed }, random: counting() }, async ({ url, token }) => {
        const headers = { Authorization: `Bearer ${token}` };
        for (let count = 0; count < 3; count += 1) {
          found += await (await fetch(`${url}${unityPrefix}/tables/prod.ml.churn`, { headers })).text();
        }
      });
      return found;
    };
    expect(await text(4)).toBe(await text(4));
    expect(await text(4)).not.toBe(await text(5));
  });
});

function formsOf(path: string, answer: Answer): readonly Answer[] {
  const normalisation = createNormalisation(seededRandom(11));
  const call = { method: 'GET', path, route: path, write: false, caller: undefined, read: async () => undefined };
  return Array.from({ length: 60 }, () => normalisation.after?.(call, answer) as Answer);
}

function configOf(answer: Answer): Answer {
  return answer['data_profiling_config'] as Answer;
}

function counting(): (size: number) => Uint8Array {
  let next = 0;
  return (size) => Uint8Array.from({ length: size }, () => (next += 1) % 256);
}
