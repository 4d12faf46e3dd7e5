import { describe, expect, test } from '@jest/globals';
import { brief, head, load, problemsIn, snapshot } from './support.ts';

const targets = `targets:
  dev:
    workspace: local
    project: mine
    monitored_tables:
      prod.ml.churn:
        label_column: me
  prod:
    warehouse_id: big
    workspace: {host: https://example.com, profile: prod}
    state: {path: elsewhere/prod.json}
    profile_defaults:
      slicing_exprs: [b]
`;
const text = `${head}profile_defaults: {slicing_exprs: [a], granularity: 1 hour}\n${snapshot}${targets}`;

describe('targets', () => {
  test('C22 the target is that of --target, then DPO_TARGET, then default_target', () => {
    const environment = { DPO_TARGET: 'dev' };
    expect(load(text, { target: 'prod', environment }).targetName).toBe('prod');
    expect(load(`${text}default_target: prod\n`, { environment }).targetName).toBe('dev');
    expect(load(`${text}default_target: prod\n`).targetName).toBe('prod');
  });

  test('C22 without a choice it is the only one declared, or default if there is none', () => {
    expect(load(`${head}${snapshot}targets: {only: {}}\n`).targetName).toBe('only');
    expect(load(head + snapshot).targetName).toBe('default');
  });

  test('C22 local is built in: the embedded workspace', () => {
    const { targetName, target } = load(head + snapshot, { target: 'local' });
    expect({ targetName, target }).toEqual({ targetName: 'local', target: { workspace: 'local' } });
  });

  test('a target that is not declared is refused, with the nearest and all that are', () => {
    const [problem] = problemsIn(text, { target: 'prd' });
    expect(problem).toMatchObject({
      code: 'CONFIG.UNKNOWN_TARGET',
      message: "target 'prd' is not declared; declared: 'dev' and 'prod'",
      hint: "did you mean 'prod'?",
      place: { start: { line: 7, column: 1 } },
    });
    expect(problemsIn(head + snapshot, { target: 'prod' }).map(brief)).toEqual(['1:1 CONFIG.UNKNOWN_TARGET']);
  });

  test('of several targets one must be chosen', () => {
    const problems = problemsIn(text);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['CONFIG.UNKNOWN_TARGET', "none of the targets 'dev' and 'prod' is chosen"],
    ]);
  });

  test('a target replaces lists and values, merges maps, and its values keep their place in the target', () => {
    const loaded = load(text, { target: 'prod' });
    expect(loaded.config).toMatchObject({
      warehouse_id: 'big',
      profile_defaults: { slicing_exprs: ['b'], granularity: '1 hour' },
    });
    expect(loaded.placeOf(['warehouse_id'])).toMatchObject({ start: { line: 15, column: 19 } });
    expect(loaded.placeOf(['profile_defaults', 'granularity'])).toMatchObject({ start: { line: 3, column: 53 } });
    expect(loaded.target).toMatchObject({
      workspace: { host: 'https://example.com', profile: 'prod' },
      state: { path: 'elsewhere/prod.json' },
    });
  });

  test('a target adds settings to a table', () => {
    const { config } = load(text, { target: 'dev' });
    expect(config.project).toBe('mine');
    expect(config.monitored_tables).toEqual({ 'prod.ml.churn': { profile_type: 'SNAPSHOT', label_column: 'me' } });
  });

  test('an empty value in a target unsets the one below it, an empty table entry changes nothing', () => {
    const { config } = load(
      `${head}${snapshot}    schedule: {cron: 0 0 8 * * ?}\ntargets:\n  dev:\n    warehouse_id: ~\n    monitored_tables:\n      prod.ml.churn:\n`,
    );
    expect(config.monitored_tables).toEqual({
      'prod.ml.churn': { profile_type: 'SNAPSHOT', schedule: { cron: '0 0 8 * * ?' } },
    });
    expect(config).not.toHaveProperty('warehouse_id');
  });

  test('U041 the project that a cleanup needs may be that of the target', () => {
    const cleaning = `${text}cleanup_orphans: true\n`;
    expect(load(cleaning, { target: 'dev' }).config).toMatchObject({ project: 'mine', cleanup_orphans: true });
    expect(problemsIn(cleaning, { target: 'prod' }).map(brief)).toEqual(['20:1 CONFIG.PROJECT_REQUIRED']);
    expect(problemsIn(cleaning.replace('true', 'false'), { target: 'prod' })).toEqual([]);
  });

  test('R067 R068 the catalog may be that of the target, and then rules', () => {
    const perTarget = `warehouse_id: w\n${snapshot}targets: {prod: {catalog_name: prod}, dev: {catalog_name: dev}}\n`;
    expect(problemsIn(perTarget, { target: 'prod' })).toEqual([]);
    expect(problemsIn(perTarget, { target: 'dev' }).map(brief)).toEqual(['3:3 CONFIG.WRONG_CATALOG']);
    expect(problemsIn(`warehouse_id: w\n${snapshot}targets: {prod: {}}\n`).map(brief)).toEqual(['1:1 CONFIG.REQUIRED']);
  });
});
