import type { StatementResult } from '../sql/statement-engine.ts';
import type { ConditionOutcome } from './evaluate-condition.ts';
import type { Alert, AlertState } from './alert.ts';
import { escapeHtml, renderHtml, renderMarkdown } from './render-template.ts';
import type { TemplateValues } from './render-template.ts';
import { resultHtml, resultMarkdown, shownRows } from './result-table.ts';
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

/** Title and body as they are sent. */
export interface AlertMessage {
  readonly subject: string;
  readonly body: string;
  /** Of the body. */
  readonly format: 'HTML' | 'MARKDOWN';
}

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

/**
 * Title and body of a notice. `custom_description` replaces the default body (correction 15). Markdown stays Markdown: the
 * service turns it into what each kind of destination shows.
 */
export function alertMessage(evaluated: Evaluated): AlertMessage {
  const {
    custom_summary: summary,
    custom_description: description,
    custom_template_format: format,
  } = evaluated.alert.config;
  const values = templateValues(evaluated);
  const render = format === 'MARKDOWN' ? renderMarkdown : renderHtml;
  return {
    subject: summary === undefined ? renderHtml(defaultSubject, values) : render(summary, values),
    body: description === undefined ? renderHtml(defaultBody(evaluated), values) : render(description, values),
    format: format === 'MARKDOWN' && description !== undefined ? 'MARKDOWN' : 'HTML',
  };
}

const defaultSubject = '{{{ALERT_NAME}}} is {{{ALERT_STATUS}}}';

function defaultBody({ error }: Evaluated): string {
  if (error !== undefined) return `<p>The alert could not be evaluated: ${escapeHtml(error)}</p>`;
  return '<p>{{ALERT_COLUMN}} is {{QUERY_RESULT_VALUE}} (condition: {{ALERT_CONDITION}} {{ALERT_THRESHOLD}})</p>{{QUERY_RESULT_TABLE}}';
}

/** Names are those that public templates use; what the service puts in for the condition is not recorded. */
function templateValues({ alert, state, url, outcome, result }: Evaluated): TemplateValues {
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
    QUERY_RESULT_ROWS: { text: JSON.stringify(result === undefined ? [] : shownRows(result)) },
    QUERY_RESULT_TABLE:
      result === undefined ? { text: '' } : { html: resultHtml(result), markdown: resultMarkdown(result) },
  };
}
