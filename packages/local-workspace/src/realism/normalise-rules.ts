/** A field that the service may leave out, send as null or send as its empty value while it is unset. */
export interface UnsetField {
  readonly name: string;
  readonly empty: '' | false | 'list' | 'map' | 'absent';
  /** Further forms of it, with values in them that say nothing. */
  readonly also?: readonly unknown[];
}

/** What may look different in the answers of one kind of object without meaning anything else. */
export interface NormaliseRule {
  /** Path prefix of the calls. */
  readonly prefix: string;
  /** Fields by which the objects are recognised, whatever they are nested in. */
  readonly marks: readonly string[];
  readonly unset: readonly UnsetField[];
  /** Lists whose order the service does not promise. */
  readonly unordered: readonly string[];
  /** Cron expressions, whose blanks may be doubled. */
  readonly cron: readonly string[];
  /** Workspace paths, with or without /Workspace in front and a slash at the end. */
  readonly paths: readonly string[];
  /** Lists of expressions in which a plain name may come back-ticked. */
  readonly quoted: readonly string[];
  /** Names of Unity Catalog objects, which it may write in lower case. */
  readonly lowered: readonly string[];
}

/**
 * The only changes that are made beside the order of properties. "Treat missing, null, "", [] and (for booleans) false as
 * equal": the Go and Python clients drop zero values and the server omits them in many answers (databricks-sdk-go
 * `marshal`, reference section 0.4). TF #5659 and #5660 report null descriptions and tag values that come back as "".
 * Of monitors: the older tool met back-ticked slices (T07), TF #4229 a `data_classification_config` that nobody had set,
 * and reference section 12 lists the order of slices and granularities, slashes, /Workspace and capitals as differences
 * without a meaning.
 */
export const normaliseRules: readonly NormaliseRule[] = [
  rule('/api/2.1/unity-catalog/', ['full_name', 'owner'], { unset: [text('comment'), map('properties')] }),
  rule('/api/2.1/unity-catalog/', ['type_text', 'position'], { unset: [text('comment')] }),
  rule('/api/2.1/unity-catalog/entity-tag-assignments', ['tag_key'], { unset: [text('tag_value')] }),
  rule('/api/2.1/unity-catalog/entity-tag-assignments', ['tag_assignments'], { unordered: ['tag_assignments'] }),
  rule('/api/2.1/unity-catalog/', ['privilege_assignments'], { unordered: ['privilege_assignments'] }),
  rule('/api/2.1/unity-catalog/', ['principal', 'privileges'], { unordered: ['privileges'] }),
  rule('/api/data-quality/v1/', ['output_schema_id'], {
    unset: [
      list('slicing_exprs'),
      list('custom_metrics'),
      text('baseline_table_name'),
      text('latest_monitor_failure_message'),
      { name: 'skip_builtin_dashboard', empty: false },
      { name: 'schedule', empty: 'absent' },
      { name: 'time_series', empty: 'absent' },
      { name: 'inference_log', empty: 'absent' },
      { ...map('notification_settings'), also: [{ on_failure: {} }, { on_failure: { email_addresses: [] } }] },
      { ...map('data_classification_config'), also: [{ enabled: false }] },
    ],
    unordered: ['slicing_exprs'],
    paths: ['assets_dir'],
    quoted: ['slicing_exprs'],
    lowered: ['baseline_table_name'],
  }),
  rule('/api/data-quality/v1/', ['granularities'], { unordered: ['granularities'] }),
  rule('/api/data-quality/v1/', ['email_addresses'], { unordered: ['email_addresses'] }),
  rule('/api/data-quality/v1/', ['problem_type'], {
    unset: [text('label_column'), text('prediction_probability_column')],
  }),
  rule('/api/data-quality/v1/', ['quartz_cron_expression'], { cron: ['quartz_cron_expression'] }),
  rule('/api/2.0/alerts', ['quartz_cron_schedule'], { cron: ['quartz_cron_schedule'] }),
  rule('/api/2.0/alerts', ['display_name', 'query_text'], {
    unset: [text('custom_summary'), text('custom_description'), text('parent_path')],
  }),
  rule('/api/2.0/alerts', ['subscriptions'], {
    unset: [{ name: 'notify_on_ok', empty: false }],
    unordered: ['subscriptions'],
  }),
  rule('/api/2.0/preview/scim/', ['userName'], { unordered: ['groups', 'emails'] }),
  rule('/api/2.0/permissions/', ['access_control_list'], { unordered: ['access_control_list'] }),
];

function rule(
  prefix: string,
  marks: readonly string[],
  changes: Partial<Omit<NormaliseRule, 'prefix' | 'marks'>>,
): NormaliseRule {
  return { prefix, marks, unset: [], unordered: [], cron: [], paths: [], quoted: [], lowered: [], ...changes };
}

function text(name: string): UnsetField {
  return { name, empty: '' };
}

function list(name: string): UnsetField {
  return { name, empty: 'list' };
}

function map(name: string): UnsetField {
  return { name, empty: 'map' };
}
