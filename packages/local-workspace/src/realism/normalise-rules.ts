/** A field that the service may leave out, send as null or send as its empty value while it is unset. */
export interface UnsetField {
  readonly name: string;
  readonly empty: '' | false | 'list' | 'map';
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
}

/**
 * The only changes that are made beside the order of properties. "Treat missing, null, "", [] and (for booleans) false as
 * equal": the Go and Python clients drop zero values and the server omits them in many answers (databricks-sdk-go
 * `marshal`, reference section 0.4). TF #5659 and #5660 report null descriptions and tag values that come back as "".
 */
export const normaliseRules: readonly NormaliseRule[] = [
  rule('/api/2.1/unity-catalog/', ['full_name', 'owner'], { unset: [text('comment'), map('properties')] }),
  rule('/api/2.1/unity-catalog/', ['type_text', 'position'], { unset: [text('comment')] }),
  rule('/api/2.1/unity-catalog/entity-tag-assignments', ['tag_key'], { unset: [text('tag_value')] }),
  rule('/api/2.1/unity-catalog/entity-tag-assignments', ['tag_assignments'], { unordered: ['tag_assignments'] }),
  rule('/api/2.1/unity-catalog/', ['privilege_assignments'], { unordered: ['privilege_assignments'] }),
  rule('/api/2.1/unity-catalog/', ['principal', 'privileges'], { unordered: ['privileges'] }),
  rule('/api/data-quality/v1/', ['output_schema_id'], {
    unset: [list('slicing_exprs'), list('custom_metrics'), text('baseline_table_name')],
    unordered: ['slicing_exprs'],
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
  changes: Partial<Pick<NormaliseRule, 'unset' | 'unordered' | 'cron'>>,
): NormaliseRule {
  return { prefix, marks, unset: [], unordered: [], cron: [], ...changes };
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
