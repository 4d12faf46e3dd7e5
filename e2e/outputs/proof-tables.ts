/** A copy of the flights of the quickstart, in which something may have been changed. */
export interface Planted {
  /** Of `demo.proof`. */
  readonly table: string;
  readonly group: string;
  /** Columns as they are selected from the flights; the others stay as they are. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly where?: string;
  /** What its entry in the config says. */
  readonly settings?: string;
}

const flights = ['flight_id', 'departure_time', 'origin', 'destination', 'distance', 'delay'];

/** The last day of the flights. */
const yesterday = 'departure_time >= current_date() - INTERVAL 1 DAY';
/** What windows of a day need. */
const lastDays = 'departure_time >= current_date() - INTERVAL 4 DAYS';
const dayBefore = `departure_time >= current_date() - INTERVAL 2 DAYS AND NOT (${yesterday})`;
const sometimes = (condition: string): string => `${condition} AND minute(departure_time) < 20`;
const when = (condition: string, then: string, column: string): string =>
  `CASE WHEN ${condition} THEN ${then} ELSE ${column} END`;
const later = (condition: string): string => when(condition, 'delay + 10000', 'delay');

export const hostile = `R&D "<b>" it's {{QUERY_RESULT_ROWS}} {{{ALERT_URL}}} @ALERT_NAME \\ --`;

export const planted: readonly Planted[] = [
  {
    table: 'numeric_critical',
    group: 'Numbers',
    columns: { delay: later(yesterday) },
    settings:
      'owner: ops, department: air, runbook_url: "https://wiki.example.com/delay", lineage_url: "https://lineage.example.com/x"',
  },
  {
    table: 'numeric_warning',
    group: 'Numbers warned',
    columns: { delay: when(`${yesterday} AND minute(departure_time) < 15`, 'delay + 10000', 'delay') },
  },
  { table: 'places_critical', group: 'Places', columns: { destination: when(yesterday, "'XXX'", 'destination') } },
  {
    table: 'places_warning',
    group: 'Places warned',
    columns: { destination: when(sometimes(yesterday), "'XXX'", 'destination') },
  },
  { table: 'calm', group: 'Calm' },
  { table: 'calm_week', group: 'Calm week', settings: 'granularity: 1 week', where: 'true' },
  {
    table: 'drifted_week',
    group: 'Drifted week',
    settings: 'granularity: 1 week',
    where: 'true',
    columns: {
      delay: later(
        "departure_time >= date_trunc('WEEK', current_date()) - INTERVAL 7 DAYS AND departure_time < date_trunc('WEEK', current_date())",
      ),
    },
  },
  { table: 'nulls', group: 'Nulls', columns: { delay: when(sometimes(yesterday), 'NULL', 'delay') } },
  { table: 'no_psi', group: 'No PSI', columns: { delay: when(yesterday, 'NULL', 'delay') } },
  { table: 'one_place', group: 'One place', columns: { origin: "'AAA'" } },
  {
    table: 'few',
    group: 'Few',
    where: `${lastDays} AND (NOT (${yesterday}) OR minute(departure_time) < 40)`,
    settings: 'drift_threshold: 1, numeric_drift_threshold: 1000000',
  },
  {
    table: 'stale',
    group: 'Stale',
    columns: { departure_time: 'departure_time - INTERVAL 20 DAYS', delay: later(yesterday) },
  },
  {
    // Its last day is today, and goes on.
    table: 'today',
    group: 'Today',
    columns: { departure_time: 'departure_time + INTERVAL 1 DAY', delay: later(yesterday) },
    settings: 'drift_threshold: 1, numeric_drift_threshold: 3',
  },
  { table: 'first', group: 'First window', where: yesterday, columns: { delay: later(yesterday) } },
  { table: 'several', group: 'Several', settings: 'granularities: [1 hour, 1 day, 1 week]', where: 'true' },
  {
    table: 'hourly',
    group: 'Hourly',
    settings: 'granularities: [1 hour, 1 day, 1 week], alert_granularity: 1 hour, drift_threshold: 0.5',
  },
  { table: 'ignored', group: 'Ignored', columns: { distance: when(yesterday, 'distance + 100000', 'distance') } },
  {
    table: 'lenient',
    group: 'Lenient',
    columns: { delay: later(yesterday) },
    settings: 'drift_threshold: 1, numeric_drift_threshold: 1000000',
  },
  { table: 'strict', group: 'Strict', settings: 'numeric_drift_threshold: 0.1' },
  {
    table: 'sliced',
    group: 'Sliced',
    columns: { destination: when(`${yesterday} AND distance > 2000`, "'XXX'", 'destination') },
    settings: 'slicing_exprs: [distance > 2000]',
  },
  {
    table: 'based',
    group: 'Based',
    columns: { delay: later(`(${yesterday}) OR (${dayBefore})`) },
    settings: 'baseline_table_name: demo.proof.calm',
  },
  {
    table: 'returned',
    group: 'Returned',
    columns: { delay: later(dayBefore) },
    settings: 'baseline_table_name: demo.proof.calm',
  },
  { table: 'hostile', group: hostile, columns: { delay: later(yesterday) }, settings: `owner: "<i>&amp;'" ` },
];

export function statementOf({ table, columns = {}, where = lastDays }: Planted): string {
  const selected = flights.map((name) => `${columns[name] ?? name} AS ${name}`).join(', ');
  return `CREATE TABLE demo.proof.${table} AS SELECT ${selected} FROM demo.flights.flights WHERE ${where}`;
}

/** Days differ by themselves: the thresholds lie above that. */
export function configOf(tables: readonly Planted[]): string {
  const entries = tables.map(
    ({ table, group, settings }) =>
      `  demo.proof.${table}: { monitor_group: ${JSON.stringify(group)}${settings === undefined ? '' : `, ${settings}`} }`,
  );
  return `catalog_name: demo
targets: { prod: {} }
dashboard_parent_path: /Workspace/Shared/Proof
profile_defaults: { profile_type: TIMESERIES, timeseries_timestamp_column: departure_time, granularity: 1 day, schedule: null }
alerting:
  default_notifications: [all@example.com]
  group_notifications: { Numbers: [numbers@example.com], Places: [] }
  ignore_columns: [flight_id, departure_time, distance]
  drift_threshold: 0.8
  numeric_drift_threshold: 0.5
  null_rate_threshold: 0.1
  row_count_min: 180
  distinct_count_min: 5
  distinct_count_columns: [origin]
monitored_tables:
${entries.join('\n')}
`;
}
