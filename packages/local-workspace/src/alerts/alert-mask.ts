import { maskLeaf as leaf, parseFieldMask, valueAt, withValueAt } from '../api/field-mask.ts';
import type { MaskedFields, MaskPath, MaskTree } from '../api/field-mask.ts';
import type { AlertConfig } from './alert-config.ts';

const column: MaskTree = { name: leaf, aggregation: leaf, display: leaf };
const outputs = [
  'id',
  'create_time',
  'update_time',
  'owner_user_name',
  'lifecycle_state',
  'effective_run_as',
  'effective_parent_path',
];

const tree: MaskTree = {
  ...Object.fromEntries(outputs.map((name) => [name, leaf])),
  display_name: leaf,
  query_text: leaf,
  warehouse_id: leaf,
  custom_summary: leaf,
  custom_description: leaf,
  custom_template_format: leaf,
  parameters: leaf,
  parent_path: leaf,
  run_as: { user_name: leaf, service_principal_name: leaf },
  run_as_user_name: leaf,
  evaluation: {
    source: column,
    comparison_operator: leaf,
    threshold: { value: { double_value: leaf, string_value: leaf, bool_value: leaf }, column },
    empty_result_state: leaf,
    notification: { notify_on_ok: leaf, retrigger_seconds: leaf, subscriptions: leaf },
    state: leaf,
    last_evaluated_at: leaf,
  },
  schedule: { quartz_cron_schedule: leaf, timezone_id: leaf, pause_status: leaf, effective_pause_status: leaf },
};

/** Named by masks of Terraform and the CLI without effect: fixed at creation, or written by the server alone. */
const unchanging = new Set([
  ...outputs,
  'parent_path',
  'evaluation.state',
  'evaluation.last_evaluated_at',
  'schedule.effective_pause_status',
]);

/** Of these only one may be set; setting it clears the others. */
const alternatives: readonly MaskPath[] = [
  ['evaluation', 'threshold'],
  ['evaluation', 'threshold', 'value'],
  ['run_as'],
];

export function parseAlertMask(mask: string): readonly MaskPath[] {
  return parseFieldMask(mask, tree);
}

/** Whether a mask touches the identity that an alert runs as. */
export function masksRunAs(paths: readonly MaskPath[]): boolean {
  return paths.some(([first]) => first === '*' || first === 'run_as' || first === 'run_as_user_name');
}

/** The alert after an update; a masked path that the body lacks is cleared. The result has to be read again. */
export function applyAlertMask(current: AlertConfig, given: AlertConfig, paths: readonly MaskPath[]): MaskedFields {
  return paths.reduce<MaskedFields>((fields, path) => {
    if (unchanging.has(path.join('.'))) return fields;
    if (path[0] === '*') return withValueAt({ ...given }, ['parent_path'], current.parent_path);
    const value = valueAt({ ...given }, path);
    const parent = path.slice(0, -1);
    const exclusive = value !== undefined && alternatives.some((group) => group.join('.') === parent.join('.'));
    return withValueAt(exclusive ? withValueAt(fields, parent, {}) : fields, path, value);
  }, current);
}
