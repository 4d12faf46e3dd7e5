import type { StatementResult } from '../sql/statement-engine.ts';
import { escapeHtml } from './render-template.ts';

/** Rows that a notice shows at most. */
const mostRows = 100;

export function shownRows(result: StatementResult): StatementResult['rows'] {
  return result.rows.slice(0, mostRows);
}

/** A result as a table of a notice; NULL is an empty cell. */
export function resultHtml(result: StatementResult): string {
  const line = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  const rows = textRows(result).map((row) => line('td', row));
  return `<table>${[line('th', columnNames(result)), ...rows].join('')}</table>`;
}

export function resultMarkdown(result: StatementResult): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/[|\\]/g, '\\$&').replace(/\s+/g, ' ')).join(' | ')} |`;
  const names = columnNames(result);
  return [line(names), line(names.map(() => '---')), ...textRows(result).map(line)].join('\n');
}

function columnNames({ columns }: StatementResult): readonly string[] {
  return columns.map(({ name }) => name);
}

function textRows(result: StatementResult): readonly (readonly string[])[] {
  return shownRows(result).map((row) => row.map((cell) => cell ?? ''));
}
