import type { Change } from '@dpo/core';
import { span, type Line, type Span } from './line.ts';
import type { Said } from './said.ts';
import { textDifference } from './text-difference.ts';
import { countOf } from './words.ts';

/** Lines shown of a text that replaces another. */
const mostLines = 10;

export interface QueryLook {
  readonly full: boolean;
  /** The tables of the view change as well, and its query with them. */
  readonly followed: boolean;
}

/** What became of the query of a view: the columns that come and go where it is one of ours, else the lines that differ. */
export function queryDifference(change: Change, { full, followed }: QueryLook): Said {
  const { live, desired } = change.texts ?? {};
  const drifted = change.reason === 'drift';
  if (followed && change.reason === 'config' && !full)
    return { title: [span('follows from the tables (--full shows it)', 'quiet')], below: [] };
  if (live === undefined) return { title: [span(hiddenText(change), 'warn')], below: [] };
  if (desired === undefined)
    return {
      title: [span('another text than the one that was written', 'warn')],
      below: textDifference('', live, full),
    };
  const columns = drifted || full ? undefined : columnDifference(live, desired);
  if (columns !== undefined) return columns;
  const [before, after] = drifted ? [desired, live] : [live, desired];
  const title = drifted
    ? 'live text, to be set back'
    : change.reason === 'config'
      ? 'text'
      : 'from the live text to ours';
  return { title: [span(title, 'quiet')], below: textLines(before, after, full) };
}

/** Of two texts that have no line alike the new one comes first. */
function textLines(before: string, after: string, full: boolean): readonly Line[] {
  const lines = textDifference(before, after, full);
  const all = textDifference(before, after, true);
  const added = all.filter(([first]) => first?.tone === 'good');
  const removed = all.filter(([first]) => first?.tone === 'bad');
  if (full || added.length === 0 || added.length + removed.length + 1 < all.length) return lines;
  const shown = added.slice(0, mostLines);
  const more = (count: number, text: (count: number) => string): readonly Line[] =>
    count === 0 ? [] : [[span(`${text(count)} (--full shows all)`, 'quiet')]];
  return [
    ...shown,
    ...more(added.length - shown.length, (count) => countOf(count, 'more line')),
    ...more(removed.length, (count) => `in place of ${countOf(count, 'line')}`),
  ];
}

function hiddenText({ reason }: Change): string {
  return reason === 'config'
    ? 'another text'
    : 'another text than the one that was written; only its owner can read it';
}

interface Branch {
  readonly source: string;
  /** Columns with their expressions; NULL where the metric table has nothing. */
  readonly columns: ReadonlyMap<string, string>;
  /** From where, and which rows. */
  readonly rest: string;
}

/** Metrics that come and go; undefined where something else differs as well. */
function columnDifference(before: string, after: string): Said | undefined {
  const [known, wanted] = [branchesIn(before), branchesIn(after)];
  if (known === undefined || wanted === undefined) return undefined;
  const rows: Line[] = [];
  for (const source of [...new Set([...known.keys(), ...wanted.keys()])].toSorted()) {
    const row = rowOf(source, known.get(source), wanted.get(source));
    if (row === undefined) return undefined;
    rows.push(row);
  }
  return { title: [span('other metrics are there now', 'quiet')], below: rows };
}

function rowOf(source: string, before: Branch | undefined, after: Branch | undefined): Line | undefined {
  if (before === undefined || after === undefined) {
    const [sign, tone] = after === undefined ? (['-', 'bad'] as const) : (['+', 'good'] as const);
    const columns = [...((after ?? before)?.columns.values() ?? [])].filter(
      (expression) => expression !== 'NULL',
    ).length;
    return [span(`${sign} ${source}`, tone), span(`  ${countOf(columns, 'column')}`, 'quiet')];
  }
  if (before.rest !== after.rest) return undefined;
  const moved: Span[] = [];
  for (const [name, expression] of after.columns) {
    const former = before.columns.get(name);
    if (former === expression) continue;
    if (former === 'NULL') moved.push(span(`+ ${name}  `, 'good'));
    else if (expression === 'NULL') moved.push(span(`- ${name}  `, 'bad'));
    else if (!followsColumns.has(name)) return undefined;
  }
  return [span(`${source}  `), ...moved];
}

/** What is told of a metric by the columns that there are. */
const followsColumns: ReadonlySet<string> = new Set(['metric_family']);

const selected = /^ {2}CAST\((.+) AS [A-Z]+(?:<[A-Z, ]+>)?\) AS `(\w+)`,?$/u;

/** The branches of a query of ours by their tables; undefined for any other text. */
function branchesIn(text: string): ReadonlyMap<string, Branch> | undefined {
  const branches = new Map<string, Branch>();
  for (const branch of text === '' ? [] : text.split('\nUNION ALL\n')) {
    const [first, ...lines] = branch.split('\n');
    if (first !== 'SELECT') return undefined;
    const found = lines.map((line) => selected.exec(line));
    const columns = new Map(found.flatMap((each) => (each === null ? [] : [[each[2] ?? '', each[1] ?? ''] as const])));
    const rest = lines.filter((_line, index) => found[index] === null).join('\n');
    const source = /^'([\w.]+)'$/u.exec(columns.get('source_table_name') ?? '')?.[1];
    // Without a table there is nothing to tell.
    if (source === undefined && rest === 'WHERE 1 = 0') continue;
    if (source === undefined) return undefined;
    branches.set(source, { source, columns, rest });
  }
  return branches;
}
