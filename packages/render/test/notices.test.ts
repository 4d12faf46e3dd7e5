import { describe, expect, test } from '@jest/globals';
import { renderEvaluations, renderNotices, type AlertEvaluation, type SentNotice } from '../src/index.ts';
import { bodyParts } from '../src/notice-body.ts';
import { expectGolden, narrow } from './golden.ts';
import { hostileTexts } from './hostile.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const row = (...cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`;
const head = '<tr><th>level</th><th>source_table_name</th><th>owner</th><th>runbook_url</th></tr>';
const runbook = `https://wiki.example.com/${'runbook/'.repeat(12)}`;
const body = `What drifted.\n<table>${head}${row('2', 'prod.ml.a<b>&"', '', runbook)}${row('1', 'prod.ml.c', 'ann', '')}</table>\nAlert: https://w.example/1`;

const fired: AlertEvaluation = {
  alert: '[DPO] Drift Alert - prod - ml',
  state: 'TRIGGERED',
  value: { column: 'level', text: '2' },
  rowCount: 2,
  told: 'sent to ann@example.com',
  message: { subject: 'Drift in group ml: level 2', body, format: 'HTML' },
};

describe('notices', () => {
  test('U101 U097 an evaluation tells state, level, rows, whom it told, and the text with its rows', () => {
    const calm: AlertEvaluation = {
      alert: 'calm',
      state: 'OK',
      value: { column: 'level', text: null },
      rowCount: 0,
      told: 'nothing to tell in this state',
    };
    const broken: AlertEvaluation = { alert: 'broken', state: 'ERROR', told: 'sent to ann', error: 'no such view' };
    expectGolden(renderEvaluations([fired, calm, broken], narrow), 'evaluations-80');
  });

  test('an address is never cut, and of many rows the first are told unless all are asked for', () => {
    const many = `<table>${head}${Array.from({ length: 23 }, (_, index) => row('1', `t${String(index)}`, '', runbook)).join('')}</table>`;
    const long = { ...fired, message: { subject: 's', body: many, format: 'HTML' } } as const;
    const text = renderEvaluations([long], narrow);
    expect(text.split(runbook)).toHaveLength(21);
    expect(text).toContain('and 3 more rows (--full shows all)');
    expect(renderEvaluations([long], { ...narrow, full: true }).split(runbook)).toHaveLength(24);
  });

  test('a notice tells when and to whom, and Markdown stays as it is', () => {
    const notice: SentNotice = {
      alert: 'a',
      state: 'TRIGGERED',
      time: '2026-03-04T09:00:00.000Z',
      recipients: ['ann@example.com', 'Ops (slack)'],
      subject: 's',
      body: '**n** <table> is 7\n| n |',
      format: 'MARKDOWN',
    };
    expectGolden(renderNotices([notice], narrow), 'notices-80');
    expect(renderNotices([], narrow)).toBe('0 notices\n');
  });

  test.each(hostileTexts)('a cell that says %j is a cell and gives the terminal nothing to do', (text) => {
    const [part] = bodyParts({ body: `<table>${row('n')}${row(text)}</table>`, format: 'HTML' });
    expect(part).toEqual({ kind: 'table', columns: ['n'], rows: [[text]] });
    const shown = renderEvaluations(
      [{ ...fired, message: { subject: text, body: `<table>${row('n')}${row(text)}</table>`, format: 'HTML' } }],
      narrow,
    );
    // oxlint-disable-next-line no-control-regex
    expect(shown.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/u);
  });
});
