import { invalidParameter } from '../api/api-error.ts';
import { exactlyOne } from '../api/exactly-one.ts';
import { filledText, flag, ignored, integer, list, narrowed, oneOf, shape, ShapeFault, text } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { quartzCron, timeZoneId } from '../schedules/schedule-readers.ts';
import { fileName, workspacePath } from '../workspace-files/workspace-path.ts';

export type Aggregation = 'AVG' | 'COUNT' | 'COUNT_DISTINCT' | 'MAX' | 'MEDIAN' | 'MIN' | 'STDDEV' | 'SUM';

const finite: Reader<number> = (value, { path }) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new ShapeFault(path, 'expected a number');
};

/** As it was sent: reads repeat it. */
const folderPath: Reader<string> = (value, place) => workspacePath(value, place).asked;

const operandColumn = shape({
  required: { name: filledText },
  optional: {
    aggregation: oneOf('AVG', 'COUNT', 'COUNT_DISTINCT', 'MAX', 'MEDIAN', 'MIN', 'STDDEV', 'SUM'),
    display: text,
  },
});

/** There is no threshold of whole numbers: clients send them as `double_value`. */
const literalFields = shape({ optional: { double_value: finite, string_value: text, bool_value: flag } });
const literal = exactlyOne(literalFields, ['double_value', 'string_value', 'bool_value']);

const thresholdFields = shape({ optional: { value: literal, column: operandColumn } });
const threshold = exactlyOne(thresholdFields, ['value', 'column']);

const subscriptionFields = shape({ optional: { user_email: filledText, destination_id: filledText } });
const subscription = exactlyOne(subscriptionFields, ['user_email', 'destination_id']);

const runAsFields = shape({ optional: { user_name: filledText, service_principal_name: filledText } });
const runAs = exactlyOne(runAsFields, ['user_name', 'service_principal_name']);

const notification = shape({
  optional: {
    notify_on_ok: flag,
    retrigger_seconds: integer({ min: 0, max: 2 ** 31 - 1 }),
    subscriptions: list(subscription),
    // Computed fields that Terraform sends back though the generated clients lack them.
    effective_notify_on_ok: ignored,
    effective_retrigger_seconds: ignored,
  },
});

const evaluation = shape({
  required: {
    source: operandColumn,
    comparison_operator: oneOf(
      'EQUAL',
      'NOT_EQUAL',
      'GREATER_THAN',
      'GREATER_THAN_OR_EQUAL',
      'LESS_THAN',
      'LESS_THAN_OR_EQUAL',
      'IS_NULL',
      'IS_NOT_NULL',
    ),
  },
  optional: {
    threshold,
    empty_result_state: oneOf('OK', 'TRIGGERED', 'ERROR', 'UNKNOWN'),
    notification,
    state: ignored,
    last_evaluated_at: ignored,
  },
});

const schedule = shape({
  required: { quartz_cron_schedule: quartzCron, timezone_id: timeZoneId },
  optional: { pause_status: oneOf('UNPAUSED', 'PAUSED'), effective_pause_status: ignored },
});

const alertShape = shape({
  required: { display_name: fileName, query_text: filledText, warehouse_id: filledText, evaluation, schedule },
  optional: {
    custom_summary: text,
    custom_description: text,
    custom_template_format: oneOf('HTML', 'MARKDOWN'),
    parameters: list(shape({ required: { name: filledText }, optional: { type: filledText, value: text } })),
    parent_path: folderPath,
    run_as: runAs,
    run_as_user_name: filledText,
    id: ignored,
    create_time: ignored,
    update_time: ignored,
    owner_user_name: ignored,
    lifecycle_state: ignored,
    effective_run_as: ignored,
    effective_parent_path: ignored,
  },
});

type Written<T, Output extends string> = Omit<T, Output>;
type Read = ReturnType<typeof alertShape>;
export type AlertNotification = Written<
  ReturnType<typeof notification>,
  'effective_notify_on_ok' | 'effective_retrigger_seconds'
>;
export type AlertEvaluation = Written<ReturnType<typeof evaluation>, 'state' | 'last_evaluated_at' | 'notification'> & {
  readonly notification?: AlertNotification;
};
export type OperandColumn = ReturnType<typeof operandColumn>;
export type Subscription = ReturnType<typeof subscription>;

/** An alert as clients write it, without what the server fills. */
export type AlertConfig = Pick<
  Read,
  | 'display_name'
  | 'query_text'
  | 'warehouse_id'
  | 'custom_summary'
  | 'custom_description'
  | 'custom_template_format'
  | 'parameters'
  | 'parent_path'
  | 'run_as'
  | 'run_as_user_name'
> & {
  readonly evaluation: AlertEvaluation;
  readonly schedule: Written<ReturnType<typeof schedule>, 'effective_pause_status'>;
};

/** Reads a complete alert, or with `partial` one that holds at least what a mask names. */
export const alertConfig: Reader<AlertConfig> = narrowed(alertShape, (value, place) => {
  const named = typeof value === 'object' && value !== null && 'display_name' in value ? value.display_name : undefined;
  // Text of the service, as reported in pulumi-databricks#834.
  if (place.partial !== true && (named ?? '') === '') throw invalidParameter('Missing or empty alert name');
  const config = withoutOutputs(alertShape(value, place));
  if (place.partial !== true) requireThreshold(config.evaluation);
  return config;
});

/** Body of a creation. An empty notification block is refused there, though reads show one (correction 15). */
export const newAlert: Reader<AlertConfig> = narrowed(alertConfig, (value, place) => {
  const config = alertConfig(value, place);
  if (config.evaluation.notification !== undefined && Object.keys(config.evaluation.notification).length === 0) {
    throw new ShapeFault(['evaluation', 'notification'], 'must not be empty');
  }
  return config;
});

function requireThreshold({ comparison_operator: operator, threshold: given }: AlertEvaluation): void {
  const path = ['evaluation', 'threshold'];
  const unary = operator === 'IS_NULL' || operator === 'IS_NOT_NULL';
  if (unary && given !== undefined) throw new ShapeFault(path, `must not be set with ${operator}`);
  if (!unary && given === undefined) throw new ShapeFault(path, 'missing required field');
}

function withoutOutputs(read: Read): AlertConfig {
  const { evaluation: given, schedule: cron } = read;
  const top = without(read, [
    'id',
    'create_time',
    'update_time',
    'owner_user_name',
    'lifecycle_state',
    'effective_run_as',
    'effective_parent_path',
  ]);
  const notice = given?.notification;
  return {
    ...top,
    ...(given === undefined
      ? {}
      : {
          evaluation: {
            ...without(given, ['state', 'last_evaluated_at', 'notification']),
            ...(notice === undefined
              ? {}
              : { notification: without(notice, ['effective_notify_on_ok', 'effective_retrigger_seconds']) }),
          },
        }),
    ...(cron === undefined ? {} : { schedule: without(cron, ['effective_pause_status']) }),
  } as AlertConfig;
}

function without<T extends object, K extends keyof T & string>(fields: T, names: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name as K))) as Omit<T, K>;
}
