import { isDpoError, type Problem } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { loadConfig, readIncluded, type Included, type IncludeFiles } from '../src/index.ts';
import { head, placed } from './support.ts';

type Files = Readonly<Record<string, string>>;

/** Files in memory; a glob is given as the pattern that names them. */
function inMemory(files: Files): IncludeFiles {
  return {
    read: async (path) => files[path] ?? Promise.reject(new TypeError(`no ${path}`)),
    find: async (glob) => {
      const [start = '', end = ''] = glob.split('*');
      return Object.keys(files)
        .map((name) => name.replace(/^conf\//, ''))
        .filter((name) => name.startsWith(start) && name.endsWith(end))
        .toReversed();
    },
  };
}

async function included(text: string, files: Files): Promise<Included> {
  return readIncluded({ file: 'conf/dpo.yaml', text }, inMemory({ 'conf/dpo.yaml': text, ...files }));
}

async function load(text: string, files: Files): Promise<ReturnType<typeof loadConfig>> {
  return loadConfig({
    file: 'conf/dpo.yaml',
    text,
    included: await included(text, files),
    environment: {},
    today: '2027-01-01',
  });
}

async function problemsOf(text: string, files: Files): Promise<readonly string[]> {
  const told = (problems: readonly Problem[]): readonly string[] =>
    problems.map((problem) => `${placed(problem)} ${problem.message}`);
  try {
    return told((await load(text, files)).problems);
  } catch (error) {
    if (isDpoError(error)) return told(error.problems);
    throw error;
  }
}

const root = `${head}include: [tables/*.yaml, team.yaml]\n`;
const table = (name: string, rest = ''): string =>
  `monitored_tables:\n  prod.ml.${name}: {profile_type: SNAPSHOT${rest}}\n`;

describe('a config of several files', () => {
  test('is one map, merged key by key, the files of a glob in the order of their names', async () => {
    const { config, problems } = await load(root, {
      'conf/tables/b.yaml': table('b'),
      'conf/tables/a.yaml': `x-note: mine\n${table('a')}`,
      'conf/team.yaml': 'profile_defaults:\n  output_schema_name: ours\n',
    });
    expect(problems).toEqual([]);
    expect(Object.keys(config.monitored_tables)).toEqual(['prod.ml.a', 'prod.ml.b']);
    expect(config.profile_defaults).toEqual({ output_schema_name: 'ours' });
  });

  test('maps of several files become one, whatever their depth', async () => {
    const { config } = await load(`${head}include: [a.yaml, b.yaml]\n${table('r')}`, {
      'conf/a.yaml': 'alerting:\n  group_notifications: {a: [x]}\n',
      'conf/b.yaml': 'alerting:\n  group_notifications: {b: [y]}\n',
    });
    expect(config.alerting).toEqual({ group_notifications: { a: ['x'], b: ['y'] } });
  });

  test('knows of each value which file it is written in', async () => {
    const { placeOf } = await load(root, {
      'conf/tables/a.yaml': table('a'),
      'conf/team.yaml': table('b', ', adopt: true'),
    });
    expect(placeOf(['monitored_tables', 'prod.ml.b', 'adopt'])).toMatchObject({
      file: 'conf/team.yaml',
      start: { line: 2, column: 46 },
    });
    expect(placeOf(['catalog_name'])).toMatchObject({ file: 'conf/dpo.yaml', start: { line: 1, column: 15 } });
  });

  test('what two files give is an error that names both places', async () => {
    const found = await problemsOf(`${root}mode: full\n`, {
      'conf/tables/a.yaml': table('a', ', adopt: true'),
      'conf/tables/b.yaml': `mode: full\n${table('A')}`,
      'conf/team.yaml': table('a', ', label_column: x'),
    });
    expect(found).toEqual([
      "conf/tables/b.yaml:1:1 CONFIG.DUPLICATE_KEY 'mode' is given twice, first at conf/dpo.yaml:4:1",
      "conf/tables/b.yaml:3:3 CONFIG.DUPLICATE_KEY 'prod.ml.A' is the same table as 'prod.ml.a' at conf/tables/a.yaml:2:3",
      "conf/team.yaml:2:3 CONFIG.DUPLICATE_KEY 'monitored_tables.prod.ml.a' is given twice, first at conf/tables/a.yaml:2:3",
    ]);
  });

  test('N022 faults of every file are reported together, in the order of the files', async () => {
    const found = await problemsOf(`${root}modes: full\n`, {
      'conf/tables/a.yaml': 'monitored_tables:\n  prod.ml.a: {profile_typ: SNAPSHOT}\n',
      'conf/team.yaml': 'include: [x.yaml]\nwait_poll_interval: 0\n',
    });
    expect(found).toEqual(
      [
        "conf/dpo.yaml:4:1 CONFIG.UNKNOWN_KEY 'modes' is not a key that dpo knows",
        "conf/tables/a.yaml:2:15 CONFIG.UNKNOWN_KEY 'profile_typ' is not a key that dpo knows",
        "conf/tables/a.yaml:2:3 warning CONFIG.INCOMPLETE 'prod.ml.a' is profiled as INFERENCE and has no 'prediction_column', " +
          "'timestamp_column', 'model_id_column' or 'problem_type'",
        "conf/team.yaml:1:1 CONFIG.INCLUDE only the root config may have 'include'",
        "conf/team.yaml:2:21 CONFIG.RANGE 'wait_poll_interval' is 0 and must be at least 1",
      ].toSorted((a, b) => found.indexOf(a) - found.indexOf(b)),
    );
  });

  test('a syntax error in an included file is reported there', async () => {
    expect(await problemsOf(root, { 'conf/tables/a.yaml': 'a: [1\n', 'conf/team.yaml': '\t- x\n' })).toEqual([
      expect.stringMatching(/^conf\/tables\/a\.yaml:\d+:\d+ CONFIG\.SYNTAX /),
      expect.stringMatching(/^conf\/team\.yaml:1:\d+ CONFIG\.(?:SYNTAX|TYPE) /),
    ]);
  });

  test('what cannot be read and what is no YAML are told together', async () => {
    const text = `${head}include: [gone*.yaml, team.yaml]\n`;
    expect(await problemsOf(text, { 'conf/team.yaml': 'a: [1\n' })).toEqual([
      "conf/dpo.yaml:3:11 warning CONFIG.NO_FILE no file matches 'gone*.yaml'",
      expect.stringMatching(/^conf\/team\.yaml:\d+:\d+ CONFIG\.SYNTAX /),
    ]);
  });

  test('an empty file and one that is no map are refused', async () => {
    expect(await problemsOf(root, { 'conf/tables/a.yaml': '# later\n', 'conf/team.yaml': table('b') })).toEqual([
      'conf/tables/a.yaml:1:1 CONFIG.EMPTY the file is empty',
    ]);
    expect(await problemsOf(root, { 'conf/tables/a.yaml': table('a'), 'conf/team.yaml': '- x\n' })).toEqual([
      'conf/team.yaml:1:1 CONFIG.TYPE the file is a list, expected a map',
    ]);
  });

  test('a file is read once, however often it is named, and the root never again', async () => {
    const { files } = await included(`include: ["*.yaml", team.yaml, ./team.yaml]\n`, { 'conf/team.yaml': table('b') });
    expect(files.map(({ file }) => file)).toEqual(['conf/team.yaml']);
  });

  test('include may be one name', async () => {
    const { files } = await included('include: team.yaml\n', { 'conf/team.yaml': table('b') });
    expect(files.map(({ file }) => file)).toEqual(['conf/team.yaml']);
  });

  test('a glob without files is a warning, a reference an error', async () => {
    const text = `${head}include:\n  - "none/*.yaml"\n  - "\${var.x}.yaml"\n${table('a')}`;
    expect(await problemsOf(text, {})).toEqual([
      "conf/dpo.yaml:4:5 warning CONFIG.NO_FILE no file matches 'none/*.yaml'",
      "conf/dpo.yaml:5:5 CONFIG.REFERENCE '${var.x}.yaml' holds a reference: which files belong to a config does not depend on " +
        'its values',
    ]);
  });

  test('more files than anybody has are not read', async () => {
    const files = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`conf/t/${String(i)}.yaml`, 'x: 1\n']));
    expect((await included('include: t/*.yaml\n', files)).findings.map(({ code }) => code)).toEqual([
      'CONFIG.TOO_LARGE',
    ]);
  });

  test('a target of one file overrides what another says', async () => {
    const text = `${head}include: [targets.yaml]\n${table('a')}`;
    const { config } = await load(text, { 'conf/targets.yaml': 'targets:\n  prod: {mode: bulk_provision_only}\n' });
    expect(config.mode).toBe('bulk_provision_only');
  });
});
