import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPlainFolder, type PlainFolder } from '../support/plain-folder.ts';

const head = 'catalog_name: prod\nwarehouse_id: w\nmonitored_tables:\n';
const good = `${head}  prod.ml.orders: { profile_type: SNAPSHOT }\n`;
/** Without this there is advice, too. */
const calm = 'mode: bulk_provision_only\ndashboard_parent_path: /Workspace/ml\nprofile_defaults: { schedule: ~ }\n';
const bad = `${head}  prod.ml.orders: { profile_type: SNAPSHOT, granularty: 1 day }\n  prod.ml.churn: {}\n  ml.a: { mode: 1 }\n`;

interface Answer {
  readonly status: string;
  readonly config: string | null;
  readonly checks: readonly { name: string; status: string; errors: number; warnings: number }[];
  readonly problems: readonly { code: string; severity: string; place?: { start: object; end?: object } }[];
}

/** The lines of the list as `name status errors/warnings`. */
function listed(stdout: string): readonly string[] {
  return [
    ...stdout.matchAll(/^ {2}\S+ +(?<name>[a-z]+) +(?<status>passed|warned|failed|skipped)(?<counts>.*)$/gmu),
  ].map(({ groups = {} }) => {
    const count = (noun: string): string => new RegExp(`(\\d+) ${noun}`, 'u').exec(groups['counts'] ?? '')?.[1] ?? '0';
    return `${groups['name'] ?? ''} ${groups['status'] ?? ''} ${count('error')}/${count('warning')}`;
  });
}

describe('dpo validate', () => {
  let folder: PlainFolder;
  beforeAll(async () => {
    folder = await createPlainFolder();
  });
  afterAll(async () => folder.remove());

  const answer = async (...args: readonly string[]): Promise<Answer> =>
    JSON.parse((await folder.dpo('validate', ...args, '--json')).stdout) as Answer;

  test('U012 a valid config passes each check, and the last line says so', async () => {
    await folder.write('dpo.yaml', good + calm);
    const ran = await folder.dpo('validate');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const checks = listed(ran.stdout);
    expect(checks.length).toBeGreaterThanOrEqual(7);
    expect(checks.filter((check) => !check.endsWith(' passed 0/0'))).toEqual([]);
    expect(ran.stdout).toMatch(/\ndpo\.yaml is valid: target default, 1 table\n$/u);
  });

  test('U012 of a faulty one the checks come first, on stdout, then the problems, each with its place', async () => {
    await folder.write('dpo.yaml', bad);
    const ran = await folder.dpo('validate');
    expect(ran.code).toBe(1);
    const failing = listed(ran.stdout).filter((check) => !check.endsWith(' passed 0/0'));
    expect(failing).toEqual(['schema failed 2/0', 'tables failed 1/1', 'lint skipped 0/0']);
    expect(ran.stdout).toMatch(/\ndpo\.yaml is not valid\n$/u);
    for (const place of ['dpo.yaml:4:45', 'dpo.yaml:5:3', 'dpo.yaml:6:3', 'dpo.yaml:6:11'])
      expect(ran.stderr).toContain(place);
    expect(ran.stderr).toMatch(/\n3 errors, 1 warning\nwhat a code means: dpo explain CONFIG\.UNKNOWN_KEY\n$/u);
  });

  test('what a code means is only pointed to where something failed', async () => {
    await folder.write('dpo.yaml', `${head}  prod.ml.churn: { baseline_table_name: a.b.c }\n${calm}`);
    const ran = await folder.dpo('validate');
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('1 warning');
    expect(ran.stderr).not.toContain('dpo explain');
    expect(listed(ran.stdout)).toContain('tables warned 0/1');
  });

  test.each([
    ['valid', good, 'ok'],
    ['faulty', bad, 'error'],
    ['no YAML', 'a: [\n', 'error'],
    ['a list', '- a\n', 'error'],
    ['empty', '', 'error'],
  ])('U145 text and JSON agree: %s', async (_what, text, status) => {
    await folder.write('dpo.yaml', text);
    const ran = await folder.dpo('validate');
    const document = await answer();
    expect([document.status, document.config]).toEqual([status, 'dpo.yaml']);
    expect(
      document.checks.map(({ name, status: how, errors, warnings }) => `${name} ${how} ${errors}/${warnings}`),
    ).toEqual(listed(ran.stdout));
    const said = [...ran.stderr.matchAll(/^(?<severity>error|warning|note) (?<code>[A-Z._]+)/gmu)].map(
      ([line]) => line,
    );
    expect(said.toSorted()).toEqual(document.problems.map(({ severity, code }) => `${severity} ${code}`).toSorted());
    const sum = document.checks.reduce((all, { errors }) => all + errors, 0);
    expect(sum).toBe(document.problems.filter(({ severity }) => severity === 'error').length);
  });

  test('U012 without a config the other checks are skipped', async () => {
    const ran = await folder.dpo('validate', 'nowhere.yaml');
    expect(ran.code).toBe(1);
    expect(listed(ran.stdout)[0]).toBe('files failed 1/0');
    expect(
      listed(ran.stdout)
        .slice(1)
        .filter((check) => !check.endsWith(' skipped 0/0')),
    ).toEqual([]);
    expect(ran.stdout).toMatch(/\nnowhere\.yaml is not valid\n$/u);
  });

  const places: readonly (readonly [what: string, text: string, at: string, code: string, mark: string])[] = [
    [
      'CRLF',
      bad.replaceAll('\n', '\r\n'),
      '4:45',
      '4 |   prod.ml.orders: { profile_type: SNAPSHOT, granularty: 1 day }',
      '^^^^^^^^^^',
    ],
    ['behind a byte order mark', `\uFEFFcatlog_name: prod\n${good}`, '1:1', '1 | catlog_name: prod', '^^^^^^^^^^^'],
    ['behind wide letters', `${good}x: { y: 漢字 }\n`, '5:1', '5 | x: { y: 漢字 }', '^'],
    ['on a letter of two units', `${good}😀: 1\n`, '5:1', '5 | 😀: 1', '^^'],
    [
      'behind tabs',
      `${head}  prod.ml.orders: { profile_type: SNAPSHOT,\t\tx: 1 }\n`,
      '4:46',
      String.raw`4 |   prod.ml.orders: { profile_type: SNAPSHOT,\t\tx: 1 }`,
      '^',
    ],
    [
      'over several lines',
      `${good.replace(' }', ', granularity: [a,\n    b] }')}`,
      '4:58',
      '4 |   prod.ml.orders: { profile_type: SNAPSHOT, granularity: [a,',
      '^^^',
    ],
    ['over a block', `${good}mode:\n  a: 1\n  b: 2\n\nproject: x\n`, '6:3', '6 |   a: 1', '^^^^'],
  ];
  test.each(places)('U011 place and underline %s', async (_what, text, ...[at, code, mark]) => {
    await folder.write('dpo.yaml', text);
    const { stderr } = await folder.dpo('validate');
    const lines = stderr.split('\n');
    const found = lines.findIndex((line) => line.startsWith('error ') && line.includes(`  dpo.yaml:${String(at)}  `));
    expect(found).toBeGreaterThanOrEqual(0);
    const [shown = '', under = ''] = lines.slice(found + 2);
    expect(shown.trim()).toBe(code);
    expect(under.replace(/^ *\| */u, '')).toBe(mark);
  });

  test('N022 a block ends with its last character, not in the line behind', async () => {
    await folder.write('dpo.yaml', `${good}mode:\n  a: 1\n  b: 2\n\nproject: x\n`);
    const [problem] = (await answer()).problems;
    expect(problem?.place).toMatchObject({ start: { line: 6, column: 3 }, end: { line: 7, column: 7 } });
  });
});
