import { cellsIn, indent, span, type Line, type Tone } from './line.ts';
import { bodyParts, type BodyPart, type NoticeBody } from './notice-body.ts';
import { paint } from './paint.ts';
import { flow } from './rows.ts';
import { marksOf, type Style } from './style.ts';
import { countOf, countText } from './words.ts';

/** What subscribers of an alert get to read. */
export interface NoticeText extends NoticeBody {
  readonly subject: string;
}

/** An alert that was evaluated. */
export interface AlertEvaluation {
  readonly alert: string;
  readonly state: string;
  /** Of the column that the condition looks at; null is the SQL NULL. */
  readonly value?: { readonly column: string; readonly text: string | null };
  readonly rowCount?: number;
  /** Whether a notice was sent and to whom, or why not. */
  readonly told: string;
  readonly error?: string;
  /** Absent where nobody is ever told of this state. */
  readonly message?: NoticeText;
}

/** A notice that was sent. */
export interface SentNotice extends NoticeText {
  readonly alert: string;
  readonly state: string;
  readonly time: string;
  readonly recipients: readonly string[];
}

const tones: Readonly<Record<string, Tone>> = { TRIGGERED: 'bad', ERROR: 'bad', OK: 'good' };
/** Rows of a table that are printed unless everything is asked for. */
const mostRows = 20;
const inner = 2;

/** Each alert with its state, who was told, and the text that they get; below all the counts. */
export function renderEvaluations(evaluations: readonly AlertEvaluation[], style: Style): string {
  const blocks = evaluations.flatMap((one) => [...evaluationLines(one, style), []]);
  return paint([...blocks, closing(evaluations)], style);
}

/** Notices in the order in which they were sent. */
export function renderNotices(notices: readonly SentNotice[], style: Style): string {
  const blocks = notices.flatMap((notice) => [...noticeLines(notice, style), []]);
  return paint([...blocks, [span(countOf(notices.length, 'notice'), 'quiet')]], style);
}

function evaluationLines(evaluation: AlertEvaluation, style: Style): readonly Line[] {
  const { alert, state, value, rowCount, told, error, message } = evaluation;
  const facts = [
    ...(value === undefined || rowCount === 0 ? [] : [`${value.column} ${value.text ?? 'NULL'}`]),
    ...(rowCount === undefined ? [] : [countOf(rowCount, 'row')]),
  ];
  return [
    head(alert, state, facts),
    ...labelled('told', told, style),
    ...(error === undefined ? [] : labelled('error', error, style)),
    ...(message === undefined ? [] : messageLines(message, style)),
  ];
}

function noticeLines({ alert, state, time, recipients, ...text }: SentNotice, style: Style): readonly Line[] {
  return [head(alert, state, [time]), ...labelled('to', recipients.join(', '), style), ...messageLines(text, style)];
}

function head(alert: string, state: string, facts: readonly string[]): Line {
  return [
    span(alert, 'strong'),
    span('  '),
    span(state, tones[state] ?? 'quiet'),
    ...facts.map((fact) => span(`  ${fact}`)),
  ];
}

function labelled(label: string, text: string, style: Style): readonly Line[] {
  return sentence(text, [indent(inner), span(`${label}: `, 'quiet')], style);
}

/** Broken between words behind its lead. No word is cut: an address that is told has to be whole. */
function sentence(text: string, lead: Line, style: Style): readonly Line[] {
  const words = text.split(' ').map((word): Line => [span(word)]);
  return behind(lead, flow(words, { at: cellsIn(lead), separator: ' ' }, style));
}

/** The first line gets the lead in place of its indentation. */
function behind(lead: Line, lines: readonly Line[]): readonly Line[] {
  return lines.map((line, index) => (index === 0 ? [...lead, ...line.slice(1)] : line));
}

function messageLines(message: NoticeText, style: Style): readonly Line[] {
  return [
    ...labelled('subject', message.subject, style),
    ...bodyParts(message).flatMap((part) => partLines(part, style)),
  ];
}

function partLines(part: BodyPart, style: Style): readonly Line[] {
  const lead = indent(2 * inner);
  if (part.kind === 'text') return part.lines.flatMap((line) => sentence(line, [lead], style));
  const shown = style.full === true ? part.rows : part.rows.slice(0, mostRows);
  const rest = part.rows.length - shown.length;
  const lines = shown.flatMap((row) => rowLines(part.columns, row, style));
  return rest === 0 ? lines : [...lines, [lead, span(`and ${countText(rest)} more rows (--full shows all)`, 'quiet')]];
}

/** A row has more columns than a terminal: each as its name and its value, without those that are empty. */
function rowLines(columns: readonly string[], row: readonly string[], style: Style): readonly Line[] {
  const cells = columns.flatMap((name, index): readonly Line[] => {
    const text = row[index] ?? '';
    return text === '' ? [] : [[span(`${name} `, 'quiet'), span(text)]];
  });
  const { between, remark } = marksOf(style);
  const lead: Line = [indent(2 * inner), span(`${remark} `, 'quiet')];
  return behind(lead, flow(cells, { at: cellsIn(lead), separator: between }, style));
}

function closing(evaluations: readonly AlertEvaluation[]): Line {
  const counts = new Map<string, number>();
  for (const { state } of evaluations) counts.set(state, (counts.get(state) ?? 0) + 1);
  const words = [...counts].map(([state, count]) => `${countText(count)} ${state}`).toSorted();
  return [span([countOf(evaluations.length, 'alert'), ...words].join(', '), 'quiet')];
}
