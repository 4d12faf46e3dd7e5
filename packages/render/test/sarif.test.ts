import { describe, expect, test } from '@jest/globals';
import type { Problem } from '@dpo/core';
import { renderSarif, type SarifOptions } from '../src/index.ts';
import { hostileProblem, hostileTexts } from './hostile.ts';
import { sarifFaults, type SarifLog } from './sarif-faults.ts';

const options: SarifOptions = {
  version: '1.2.3',
  exitCode: 1,
  pathOf: (file) => file,
  explain: (code) =>
    code === 'CONFIG.NEW' ? undefined : { meaning: `What ${code} means: \${…}.`, remedy: 'Mend it.' },
};

const placed: Problem = {
  code: 'CONFIG.TYPE',
  severity: 'error',
  message: "'x' is 1",
  hint: 'quote it',
  place: {
    file: 'configs/my dpo#1.yaml',
    start: { line: 2, column: 15 },
    end: { line: 3, column: 1 },
    path: 'profile_defaults.x',
  },
};
const other: Problem = {
  ...placed,
  code: 'CONFIG.A',
  severity: 'note',
  place: { file: 'a', start: { line: 1, column: 1 } },
};
const lost: Problem = { code: 'CONFIG.NOT_FOUND', severity: 'error', message: 'there is no file' };

function logOf(problems: readonly Problem[], more: Partial<SarifOptions> = {}): SarifLog {
  return JSON.parse(renderSarif(problems, { ...options, ...more })) as SarifLog;
}

describe('C23 problems as a SARIF log', () => {
  test('a place becomes a region in UTF-16 units, its file a relative address, its setting a name', () => {
    const log = logOf([placed, other]);
    expect(sarifFaults(log)).toEqual([]);
    const [run] = log.runs;
    expect(run?.columnKind).toBe('utf16CodeUnits');
    expect(run?.results[0]).toEqual({
      ruleId: 'CONFIG.TYPE',
      ruleIndex: 1,
      level: 'error',
      message: { text: "'x' is 1\nhint: quote it" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'configs/my%20dpo%231.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 2, startColumn: 15, endLine: 3, endColumn: 1 },
          },
          logicalLocations: [{ fullyQualifiedName: 'profile_defaults.x' }],
        },
      ],
    });
    expect(run?.invocations).toEqual([{ executionSuccessful: true, exitCode: 1 }]);
  });

  test('each code is one rule that says what it means and what to do, with braces doubled', () => {
    const [run] = logOf([placed, placed, { ...other, code: 'CONFIG.NEW' }]).runs;
    expect(run?.tool.driver).toEqual({
      name: 'dpo',
      version: '1.2.3',
      rules: [
        { id: 'CONFIG.NEW' },
        {
          id: 'CONFIG.TYPE',
          shortDescription: { text: 'What CONFIG.TYPE means: ${{…}}.' },
          help: { text: 'Mend it.\ndpo explain CONFIG.TYPE' },
        },
      ],
    });
  });

  test('a problem without a place in a file is told of the run, which then has failed', () => {
    const log = logOf([lost, { ...lost, code: 'LINT.X', severity: 'warning', place: { tag: 't#k' } }]);
    expect(sarifFaults(log)).toEqual([]);
    const [run] = log.runs;
    expect(run?.results).toEqual([]);
    expect(run?.invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [
        { descriptor: { id: 'CONFIG.NOT_FOUND', index: 0 }, level: 'error' },
        {
          descriptor: { id: 'LINT.X', index: 1 },
          level: 'warning',
          message: { text: expect.stringContaining('tag t#k') },
        },
      ],
    });
  });

  test('nothing found is a log without results', () => {
    const log = logOf([], { exitCode: 0 });
    expect(sarifFaults(log)).toEqual([]);
    expect(log.runs[0]?.results).toEqual([]);
    expect(log.runs[0]?.invocations).toEqual([{ executionSuccessful: true, exitCode: 0 }]);
  });

  test('a file outside of the repository is relative to nothing that has a name', () => {
    const [run] = logOf([placed], { pathOf: () => '../other/dpo.yaml' }).runs;
    expect(run?.results[0]?.locations[0]?.physicalLocation.artifactLocation).toEqual({ uri: '../other/dpo.yaml' });
  });

  test.each(hostileTexts)('nothing in %j gets out of its text', (text) => {
    const said = renderSarif([hostileProblem(text)], options);
    const log = JSON.parse(said) as SarifLog;
    expect(sarifFaults(log)).toEqual([]);
    expect(log.runs[0]?.results).toHaveLength(1);
    // Besides its own line breaks the document is free of controls, and so are the texts in it.
    expect(said.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    const words = log.runs[0]?.results[0]?.message.text ?? '';
    expect(words.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}]/u);
    expect(words.split('\n')).toHaveLength(2);
    expect(words).not.toContain('](');
  });

  test('the bytes are the same each time', () => {
    expect(renderSarif([placed, other, lost], options)).toBe(renderSarif([placed, other, lost], options));
  });
});
