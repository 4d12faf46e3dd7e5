const head = 'catalog_name: prod\nwarehouse_id: w\n';
const snapshot = 'monitored_tables:\n  prod.ml.churn:\n    profile_type: SNAPSHOT\n';

/**
 * @param {number} count
 * @param {(index: number) => string} line
 */
const lines = (count, line) => Array.from({ length: count }, (_, i) => line(i)).join('\n');
/** @param {number} index */
const level = (index) => `b${index}: &a${index + 1} [${Array.from({ length: 9 }, () => `*a${index}`).join()}]`;

/** @param {number} index */
const metric = (index) =>
  `{name: m${index}, metric_type: aggregate, input_columns: [':table'], definition: 'sum({{label_col}})'}`;

/**
 * Files that nobody would write, each made about as long as it is told, with the first problem that they have at their full size.
 *
 * @type {readonly (readonly [name: string, make: (size: number) => string, first: string])[]}
 */
export const nastyFiles = [
  ['brackets without end', (size) => '['.repeat(size), '1:101 CONFIG.TOO_LARGE'],
  ['braces without end', (size) => '{'.repeat(size), '1:101 CONFIG.TOO_LARGE'],
  ['lists in one line', (size) => '- '.repeat(size / 2), '1:200 CONFIG.TOO_LARGE'],
  ['brackets that close only', (size) => ']'.repeat(size), '1:1 CONFIG.SYNTAX'],
  ['quotes only', (size) => '"'.repeat(size), '1:3 CONFIG.SYNTAX'],
  ['anchors only', (size) => '&a '.repeat(size / 3), '1:150003 CONFIG.TOO_LARGE'],
  ['documents only', (size) => '---\n'.repeat(size / 4), '2:1 CONFIG.SYNTAX'],
  ['null characters only', (size) => '\0'.repeat(size), '1:1 CONFIG.TYPE'],
  ['tabs only', (size) => '\t'.repeat(size), '1:1 CONFIG.EMPTY'],
  ['aliases that grow by nine', () => `a: &a0 [x, y]\n${lines(30, level)}\n`, '6:42 CONFIG.TOO_LARGE'],
  [
    'aliases that nest',
    () => `a: &a0 [x]\n${lines(2000, (i) => `b${i}: &a${i + 1} [*a${i}]`)}\n`,
    '99:12 CONFIG.TOO_LARGE',
  ],
  ['an alias inside its own value', () => 'a: &a [*a]\n', '1:8 CONFIG.SYNTAX'],
  ['a key of nearly a megabyte', (size) => `${'x'.repeat(size)}: 1\n`, '1:1 CONFIG.SYNTAX'],
  ['the same key again and again', (size) => `${head}${'mode: full\n'.repeat(size / 15)}`, '1:1 CONFIG.REQUIRED'],
  [
    'bad tables',
    (size) => `${head}monitored_tables:\n${lines(size / 17, (i) => `  t${i}: 1`)}`,
    '4:3 CONFIG.TABLE_NAME',
  ],
  [
    'good tables',
    (size) => `${head}monitored_tables:\n${lines(size / 43, (i) => `  prod.ml.t${i}: {profile_type: SNAPSHOT}`)}`,
    'none',
  ],
  [
    'tables that break every rule',
    (size) =>
      `${head}policy: {naming_patterns: [x], forbidden_patterns: ['(a+)+$|.'], require_slicing: true}\nmonitored_tables:\n` +
      lines(size / 43, (i) => `  prod.ml.t${i}: {profile_type: SNAPSHOT}`),
    '5:3 POLICY.FORBIDDEN_PATTERNS',
  ],
  [
    'exemptions of everything',
    (size) =>
      `${head}policy:\n  require_slicing: true\n  exemptions:\n` +
      lines(
        size / 200,
        (i) => `    - {rule: require_slicing, tables: ['*${i}z', a.b.c${i}], reason: r, until: 2027-12-31}`,
      ) +
      `\nmonitored_tables:\n${lines(size / 86, (i) => `  prod.ml.t${i}: {profile_type: SNAPSHOT}`)}`,
    '6:14 note POLICY.EXEMPTION_UNUSED',
  ],
  [
    'patterns as large as they may be',
    (size) =>
      `${head}policy:\n  naming_patterns: ['${Array.from({ length: 50 }, (_, i) => `(?:a{1,40}){1,20}${i}\\b`).join("', '")}']\n` +
      `monitored_tables:\n${lines(size / 43, (i) => `  prod.ml.t${i}: {profile_type: SNAPSHOT}`)}`,
    '4:3 CONFIG.TOO_LARGE',
  ],
  [
    'references everywhere',
    (size) => `${head}x: ["${'${var.a}${env:A}'.repeat(size / 16)}"]\n${snapshot}`,
    '3:1 CONFIG.UNKNOWN_KEY',
  ],
  ['dollars and braces', (size) => `${head}x-a: '${'${'.repeat(size / 2)}'\n${snapshot}`, '3:6 CONFIG.REFERENCE'],
  [
    'metrics for every table',
    (size) =>
      `${head}profile_defaults:\n  custom_metrics:\n${lines(size / 400, (i) => `    - ${metric(i)}`)}\nmonitored_tables:\n${lines(size / 80, (i) => `  prod.a.t${i}: {prediction_column: p}`)}`,
    '2481:3 warning CONFIG.INCOMPLETE',
  ],
  [
    'objective functions that are not there',
    (size) =>
      `${head}objective_functions:\n${lines(size / 400, (i) => `  o${i}: {metric: ${metric(i)}}`)}\nmonitored_tables:\n${lines(size / 300, (i) => `  prod.a.t${i}: {objective_function_ids: [o${i}, x${i}]}`)}`,
    '2480:3 warning CONFIG.INCOMPLETE',
  ],
  ['half a surrogate', () => `${head}${snapshot}    label_column: "\uD800"\n    x: 1`, '7:5 CONFIG.UNKNOWN_KEY'],
];
