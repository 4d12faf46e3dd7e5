import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isDpoError } from '@dpo/core';
import { askAll, askCi, projectOf, type AnswerRequest, type Given } from '../../src/init/answers.ts';
import { openDialogue, type Dialogue } from '../../src/init/dialogue.ts';

describe('the dialogue of init', () => {
  let input: PassThrough;
  let said: string;
  let stop: AbortController;
  let dialogue: Dialogue;
  beforeEach(() => {
    input = new PassThrough();
    const output = new PassThrough();
    said = '';
    output.setEncoding('utf8').on('data', (text: string) => (said += text));
    stop = new AbortController();
    dialogue = openDialogue({ input, output, signal: stop.signal, onInterrupt: () => stop.abort() });
  });
  afterEach(() => dialogue.close());

  function request(given: Given = {}): AnswerRequest {
    return { given, dialogue, folder: 'My Shop', tablesFound: false };
  }

  test('empty answers take what stands in brackets', async () => {
    input.write('prod\nprod.ml.churn\n\n\n\n\n\n');
    expect(await askAll(request())).toEqual({
      project: 'my-shop',
      catalog: 'prod',
      mode: 'full',
      profileType: 'SNAPSHOT',
      columns: {},
      tables: [{ name: 'prod.ml.churn' }],
    });
    expect(said).toContain('[my-shop]: ');
    expect(said).toContain('[SNAPSHOT]: ');
  });

  test('an answer that no config may have is asked for again, with what is wrong', async () => {
    const answers = [
      'pr od',
      '',
      'prod',
      'churn',
      'dev.ml.churn',
      'prod.ml.*',
      'prod.ml.churn, prod.ml.orders PROD.ml.churn',
    ];
    const rest = [
      'My Shop',
      'shop',
      'w1',
      'half',
      'BULK_provision_only',
      'Teams',
      '/Workspace/Teams',
      'inference',
      '',
      'ts',
      'said',
      'model',
      '',
      'guess',
      'regression',
    ];
    input.write(`${[...answers, ...rest].join('\n')}\n`);
    expect(await askAll(request())).toEqual({
      project: 'shop',
      catalog: 'prod',
      warehouseId: 'w1',
      mode: 'bulk_provision_only',
      folder: '/Workspace/Teams',
      profileType: 'INFERENCE',
      columns: { timestamp_column: 'ts', prediction_column: 'said', model_id_column: 'model' },
      problemType: 'REGRESSION',
      tables: [{ name: 'PROD.ml.churn' }, { name: 'prod.ml.orders' }],
    });
    for (const wrong of [
      "'catalog_name' is 'pr od', not the name of a catalog, without dots or spaces",
      'an answer is needed',
      "'churn' is not a full table name",
      "'dev.ml.churn' is not in the catalog 'prod'",
      "'prod.ml.*' is a pattern",
      "'project' is 'My Shop', not 1 to 63 of",
      "'dashboard_parent_path' is 'Teams', not a workspace path that starts with '/'",
      "'half' is not one of: full, bulk_provision_only",
      "'problem_type' is 'guess'",
    ]) {
      expect(said).toContain(wrong);
    }
  });

  test('what a flag answers is not asked', async () => {
    input.write('\n');
    const given = {
      table: ['prod.ml.churn'],
      catalog: 'prod',
      project: 'p',
      warehouse: 'w',
      mode: 'full',
      folder: '/a',
    };
    await askAll(request(given));
    expect(said).not.toContain('Catalog');
    expect(said).toContain('Profile type');
  });

  test.each([
    [{ table: ['churn'], catalog: 'prod' }, "--table: 'churn' is not a full table name"],
    [{ catalog: 'a.b' }, "--catalog: 'catalog_name' is 'a.b'"],
    [{ catalog: 'prod', table: ['prod.a.b'], project: 'A B' }, "--project: 'project' is 'A B'"],
    [{ catalog: 'prod', table: ['prod.a.b'], 'profile-type': 'ALL' }, "--profile-type: 'ALL' is not one of"],
    [{ catalog: 'prod', table: [''] }, '--table: no table is named'],
    [{ table: ['prod.a.b'], 'timestamp-column': 'ts' }, '--timestamp-column: a SNAPSHOT profile has no use for it'],
  ])('a flag with a wrong value is a usage error, not a question: %j', async (given, message) => {
    const error: unknown = await askAll({ ...request(given), dialogue: undefined }).catch((reason: unknown) => reason);
    expect(isDpoError(error) ? error.message : '').toContain(message);
  });

  test.each([
    [{}, '--catalog is missing'],
    [{ catalog: 'prod' }, '--table is missing'],
    [{ table: ['prod.a.b'], 'profile-type': 'TIMESERIES' }, '--timestamp-column is missing'],
  ])('where nobody can be asked, what is needed is a usage error that names the flag: %j', async (given, message) => {
    const error: unknown = await askAll({ ...request(given), dialogue: undefined }).catch((reason: unknown) => reason);
    expect(isDpoError(error) ? error.message : '').toContain(`USAGE: ${message}`);
  });

  test('a signal ends the asking', async () => {
    const asked = askCi(request());
    stop.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('the end of the input ends the asking', async () => {
    const asked = askCi(request());
    input.end();
    await expect(asked).rejects.toThrow('the input ended before the last question was answered');
    await expect(askCi(request())).rejects.toThrow('the input ended');
  });

  test.each([
    ['My Shop', 'my-shop'],
    ['_x_', 'x'],
    ['Größe', 'gr-e'],
    ['…', 'dpo'],
    ['a'.repeat(80), 'a'.repeat(63)],
  ])('a folder %j makes the project %j', (folder, project) => {
    expect(projectOf(folder)).toBe(project);
  });
});
