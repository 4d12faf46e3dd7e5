import type { StatementResult } from '../sql/statement-engine.ts';
import type { ConditionOutcome } from './evaluate-condition.ts';
import type { Alert, AlertState } from './alert.ts';
import { escapeHtml, renderTemplate } from './render-template.ts';
import type { TemplateValue } from './render-template.ts';
import { valueText } from './sql-value.ts';

/** One evaluation, as far as its notice tells of it. */
export interface Evaluated {
  readonly alert: Alert;
  readonly state: AlertState;
  readonly url: string;
  /** Absent after an error. */
  readonly outcome?: ConditionOutcome;
  readonly result?: StatementResult;
  readonly error?: string;
}

/** Rows that a table in a notice shows at most. */
const tableRows = 100;

const operators = {
  EQUAL: '=',
  NOT_EQUAL: '!=',
  GREATER_THAN: '>',
  GREATER_THAN_OR_EQUAL: '>=',
  LESS_THAN: '<',
  LESS_THAN_OR_EQUAL: '<=',
  IS_NULL: 'IS NULL',
  IS_NOT_NULL: 'IS NOT NULL',
} as const;

/** Title and body of a notice. `custom_description` replaces the default body (correction 15). */
export function alertMessage(evaluated: Evaluated): { readonly subject: string; readonly body: string } {
  const { custom_summary: summary, custom_description: description } = evaluated.alert.config;
  const values = templateValues(evaluated);
  return {
    subject: renderTemplate(summary ?? '{{{ALERT_NAME}}} is {{{ALERT_STATUS}}}', values),
    body: renderTemplate(description ?? defaultBody(evaluated), values),
  };
}

function defaultBody({ error }: Evaluated): string {
  if (error !== undefined) return `<p>The alert could not be evaluated: ${escapeHtml(error)}</p>`;
  return '<p>{{ALERT_COLUMN}} is {{QUERY_RESULT_VALUE}} (condition: {{ALERT_CONDITION}} {{ALERT_THRESHOLD}})</p>{{QUERY_RESULT_TABLE}}';
}

/** Names are those that public templates use; what the service puts in for the condition is not recorded. */
function templateValues({ alert, state, url, outcome, result }: Evaluated): Readonly<Record<string, TemplateValue>> {
  const { evaluation, display_name: name } = alert.config;
  const columns = result?.columns.map((column) => column.name) ?? [];
  return {
    ALERT_STATUS: { text: state },
    ALERT_CONDITION: { text: operators[evaluation.comparison_operator] },
    ALERT_THRESHOLD: { text: outcome === undefined ? '' : valueText(outcome.threshold) },
    ALERT_COLUMN: { text: evaluation.source.name },
    ALERT_NAME: { text: name },
    ALERT_URL: { text: url },
    // The query of an alert has no name and page of its own.
    QUERY_NAME: { text: name },
    QUERY_URL: { text: url },
    QUERY_RESULT_VALUE: { text: outcome === undefined ? '' : valueText(outcome.value) },
    QUERY_RESULT_COLS: { text: JSON.stringify(columns) },
    QUERY_RESULT_ROWS: { text: JSON.stringify(result?.rows.slice(0, tableRows) ?? []) },
    QUERY_RESULT_TABLE: { html: result === undefined ? '' : tableHtml(result) },
  };
}

function tableHtml({ columns, rows }: StatementResult): string {
  const line = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  const head = line(
    'th',
    columns.map(({ name }) => name),
  );
  const body = rows.slice(0, tableRows).map((row) =>
    line(
      'td',
      row.map((cell) => cell ?? ''),
    ),
  );
  return `<table>${[head, ...body].join('')}</table>`;
}
