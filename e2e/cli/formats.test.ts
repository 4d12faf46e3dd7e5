import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPlainFolder, type PlainFolder } from '../support/plain-folder.ts';

const good = 'catalog_name: prod\nwarehouse_id: w\nmonitored_tables:\n  prod.ml.orders: { profile_type: SNAPSHOT }\n';
/** Without this there is advice, too. */
const calm = 'mode: bulk_provision_only\ndashboard_parent_path: /Workspace/ml\nprofile_defaults: { schedule: ~ }\n';
const bad = `${good.replace(' }', ', granularity:\n    [1 day,\n     x] }')}catalog: x\nmode: half\n`;
const hostile = `${good}"x\\n::set-output name=a::b, 100%": 1\nmode: "\\e[31m]}{\\u2028::error::c"\n`;

interface Problem {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly place: { readonly start: Position; readonly end?: Position };
}
interface Position {
  readonly line: number;
  readonly column: number;
}
interface Sarif {
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { id: string }[] } };
      readonly invocations: readonly [Readonly<Record<string, unknown>>];
      readonly results: readonly {
        readonly ruleId: string;
        readonly level: string;
        readonly locations: readonly [{ physicalLocation: { artifactLocation: { uri: string }; region: object } }];
      }[];
    },
  ];
}

describe('formats', () => {
  let folder: PlainFolder;
  beforeAll(async () => {
    folder = await createPlainFolder();
    await folder.write('dpo.yaml', good + calm);
    await folder.write('configs/bad.yaml', bad);
    await folder.write('hostile.yaml', hostile);
  });
  afterAll(async () => folder.remove());

  const problemsOf = async (file: string): Promise<readonly Problem[]> => {
    const { problems } = JSON.parse((await folder.dpo('validate', file, '--json')).stdout) as {
      problems: readonly Problem[];
    };
    return problems;
  };
  const sarifOf = async (env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Sarif['runs'][0]> => {
    const { stdout } = await folder.dpoWith(env, 'validate', ...args, '--format', 'sarif');
    const { version, runs } = JSON.parse(stdout) as Sarif;
    expect(version).toBe('2.1.0');
    return runs[0];
  };

  test.each([
    ['--json', '--format json'],
    ['--format=json', '--json --format json'],
    ['', '--format text'],
    ['', '--format table'],
  ])('U007 C23 %j is the same as %j', async (one, other) => {
    for (const command of [['validate'], ['explain', 'USAGE'], ['plan', '--config', 'nowhere.yaml']]) {
      const words = (text: string): readonly string[] => [...command, ...text.split(' ').filter((word) => word !== '')];
      // oxlint-disable-next-line no-await-in-loop
      expect(await folder.dpo(...words(other))).toEqual(await folder.dpo(...words(one)));
    }
  });

  test.each([
    '--json --format text',
    '--format text --json',
    '--format json --format sarif',
    '--format github --format=sarif',
  ])('C04 %s is a fault of usage', async (words) => {
    const ran = await folder.dpo('validate', ...words.split(' '));
    expect(ran.code).toBe(1);
    expect(ran.stdout + ran.stderr).toContain('several formats are asked for');
    if (words.includes('json')) expect(JSON.parse(ran.stdout)).toMatchObject({ problems: [{ code: 'USAGE' }] });
  });

  test('C04 a format that a command does not have is a fault of usage', async () => {
    for (const words of [
      ['validate', '--format', 'yaml'],
      ['plan', '--format', 'sarif'],
      ['explain', '--format', 'github'],
    ]) {
      // oxlint-disable-next-line no-await-in-loop
      const ran = await folder.dpo(...words);
      expect([ran.code, ran.stdout]).toEqual([1, '']);
      expect(ran.stderr).toContain(`Expected --format=${words[2] ?? ''} to be one of`);
    }
  });

  test('C23 SARIF holds each problem with the region that JSON gives it', async () => {
    const problems = await problemsOf('configs/bad.yaml');
    expect(problems.length).toBeGreaterThan(2);
    const { results, tool } = await sarifOf({}, 'configs/bad.yaml');
    expect(results.map(({ ruleId, level, locations }) => [ruleId, level, locations[0].physicalLocation])).toEqual(
      problems.map(({ code, severity, place: { start, end } }) => [
        code,
        severity,
        {
          artifactLocation: { uri: 'configs/bad.yaml', uriBaseId: '%SRCROOT%' },
          region: {
            startLine: start.line,
            startColumn: start.column,
            ...(end !== undefined && { endLine: end.line, endColumn: end.column }),
          },
        },
      ]),
    );
    expect(tool.driver.rules.map(({ id }) => id)).toEqual([...new Set(problems.map(({ code }) => code))].toSorted());
  });

  test('C23 SARIF names no absolute path, and files from the root of the checkout', async () => {
    const { stdout } = await folder.dpo('validate', `${folder.home}/configs/bad.yaml`, '--format', 'sarif');
    expect(stdout).not.toContain(folder.home);
    const run = await sarifOf({ GITHUB_WORKSPACE: `${folder.home}/..` }, 'configs/bad.yaml');
    const name = folder.home.split('/').at(-1) ?? '';
    expect(run.results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe(`${name}/configs/bad.yaml`);
  });

  test('C23 SARIF of what finds nothing, finds no file, or is called wrongly is a whole log', async () => {
    const fine = await sarifOf({});
    expect([fine.results, fine.invocations]).toEqual([[], [{ executionSuccessful: true, exitCode: 0 }]]);
    for (const [words, code] of [
      [['nowhere.yaml'], 'CONFIG.NOT_FOUND'],
      [['--nonsense'], 'USAGE'],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop
      const { results, invocations } = await sarifOf({}, ...words);
      expect(results).toEqual([]);
      expect(invocations).toMatchObject([
        { executionSuccessful: false, exitCode: 1, toolExecutionNotifications: [{ descriptor: { id: code } }] },
      ]);
    }
  });

  test('C23 GitHub gets one annotation for each problem, and nothing where there is none', async () => {
    expect(await folder.dpo('validate', '--format', 'github')).toEqual({ code: 0, stdout: '', stderr: '' });
    const problems = await problemsOf('configs/bad.yaml');
    const ran = await folder.dpo('validate', 'configs/bad.yaml', '--format', 'github');
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    const lines = ran.stdout.trimEnd().split('\n');
    expect(lines.map((line) => /^::(error|warning) file=configs\/bad\.yaml,line=\d+/u.exec(line)?.[1])).toEqual(
      problems.map(({ severity }) => severity),
    );
    for (const [index, { code, place, message }] of problems.entries()) {
      expect(lines[index]).toContain(`line=${String(place.start.line)},`);
      expect(lines[index]).toContain(`,title=${code}::${message}`);
    }
  });

  test.each(['github', 'sarif', 'text', 'json'])('a hostile config gets out of no %s', async (format) => {
    const ran = await folder.dpo('validate', 'hostile.yaml', '--format', format);
    expect(ran.code).toBe(1);
    const said = ran.stdout + ran.stderr;
    expect(said.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028]/u);
    const commands = said.split('\n').filter((line) => line.trimStart().startsWith('::'));
    expect(commands.every((line) => line.startsWith('::error file=hostile.yaml,line='))).toBe(true);
    expect(commands).toHaveLength(format === 'github' ? 2 : 0);
    if (format === 'sarif' || format === 'json') expect(() => JSON.parse(ran.stdout) as unknown).not.toThrow();
  });
});
