// Writes docs/configuration.md from schemas/config.schema.json. With --check it writes nothing and exits 1 if the file
// is stale.
import { readFile, writeFile } from 'node:fs/promises';

const root = new URL('../../../', import.meta.url);
const file = new URL('docs/configuration.md', root);
const schema = JSON.parse(await readFile(new URL('schemas/config.schema.json', root), 'utf8'));

const opening = `# Configuration

<!-- Generated from schemas/config.schema.json by packages/config/scripts/generate-docs.js. Do not edit. -->

A config is one YAML file, \`dpo.yaml\` by default. \`dpo validate\` checks it without a network. The smallest one names a
catalog and a table:

\`\`\`yaml
catalog_name: prod
monitored_tables:
  prod.ml.orders:
    profile_type: SNAPSHOT
\`\`\`

Each setting of a table's profile comes from the first of these that has it: the table's entry under
\`monitored_tables\`, a tag of the table whose name is \`tag_prefix\` and the key (\`monitor_label_column\`),
\`profile_defaults\`, the default that is given there. No tag sets \`custom_metrics\`, and those of all places are merged by
name ([custom-metrics.md](custom-metrics.md)). Where \`null\` is allowed it means not set; only for \`schedule\` it
means never. Keys that start with \`x-\` are free, for YAML anchors. A key that dpo does not know is an error.
`;

const typeNames = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  array: 'list',
  object: 'map',
  null: '`null`',
};

/** What a node refers to, with its own keywords before those of the other. */
function resolve(node) {
  if (node.$ref === undefined) return node;
  const steps = node.$ref.slice(2).split('/');
  const { $ref: _reference, ...own } = node;
  return { ...resolve(steps.reduce((inner, step) => inner[step], schema)), ...own };
}

function typeOf(node) {
  return [node.type ?? []]
    .flat()
    .map((type) => typeNames[type])
    .join(' or ');
}

function code(value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** Angle brackets would be taken for HTML, a star for emphasis. */
function prose(text) {
  return text.replaceAll(/[<*]/gu, (character) => `\\${character}`);
}

function quotesAsCode(text) {
  return text.replaceAll(/'([^']*)'/gu, '`$1`');
}

/** What patterns are called in words, wherever the schema says it. */
function patternWords(node) {
  if (typeof node !== 'object' || node === null) return [];
  const own = node['x-dpo-expects'] === undefined ? [] : [[node.pattern, node['x-dpo-expects']]];
  return [...own, ...Object.values(node).flatMap((inner) => patternWords(inner))];
}

const wordsOfPattern = new Map(patternWords(schema));

function patternOf(node) {
  if (node['x-dpo-expects'] !== undefined) return [quotesAsCode(node['x-dpo-expects'])];
  if (node['x-dpo-values'] !== undefined) return node['x-dpo-values'].map((value) => code(value));
  if (node.pattern === undefined) return [];
  const words = wordsOfPattern.get(node.pattern);
  return [words === undefined ? `matches ${code(node.pattern)}` : quotesAsCode(words)];
}

const bounds = {
  minimum: (limit) => `at least ${limit}`,
  maximum: (limit) => `at most ${limit}`,
  minItems: (limit) => `at least ${limit} ${limit === 1 ? 'entry' : 'entries'}`,
  maxItems: (limit) => `at most ${limit} entries`,
  minLength: () => 'not empty',
  maxLength: (limit) => `at most ${limit} characters`,
  uniqueItems: () => 'each once',
};

function allowedIn(node) {
  const values = (node.enum ?? []).filter((value) => value !== null).map((value) => code(value));
  const limits = Object.entries(bounds).filter(([keyword]) => node[keyword] !== undefined);
  return [values.join(', '), patternOf(node).join(', '), ...limits.map(([keyword, say]) => say(node[keyword]))]
    .filter((fact) => fact !== '')
    .join('; ');
}

/** What each value of a map of plain values may be. */
function valuesOf({ additionalProperties: values }) {
  return typeof values === 'object' && values.properties === undefined && values.$ref === undefined ? values : {};
}

function allowed(node) {
  const facts = [
    ['', node],
    ['each key: ', node.propertyNames ?? {}],
    ['each: ', resolve(node.items ?? valuesOf(node))],
  ].map(([prefix, part]) => [prefix, allowedIn(part)]);
  return facts
    .filter(([, text]) => text !== '')
    .map(([prefix, text]) => `${prefix}${text}`)
    .join('; ');
}

/** A pipe would end the cell, also within code. */
function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/gu, ' ');
}

function table(head, rows) {
  const line = (row) => `| ${row.map((text) => cell(text)).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map((row) => line(row))].join('\n');
}

function keysOf(node, prefix = '') {
  const required = new Set(node.required);
  return Object.entries(node.properties).map(([name, child]) => [
    `${prefix}${name}`,
    { ...resolve(child), isRequired: required.has(name) },
  ]);
}

/** Keys inside a map or a list of maps: `schedule.cron`, `objective_functions.<name>.metric`, `custom_metrics[].name`. */
function childrenOf([key, node]) {
  if (node.properties !== undefined) return keysOf(node, `${key}.`);
  const named = typeof node.additionalProperties === 'object';
  const inner = resolve((named ? node.additionalProperties : node.items) ?? {});
  return inner.properties === undefined ? [] : keysOf(inner, named ? `${key}.<name>.` : `${key}[].`);
}

function withChildren(entries) {
  return entries.flatMap((entry) => [entry, ...withChildren(childrenOf(entry))]);
}

function cellsOf([key, node]) {
  const value = node.default === undefined ? '' : code(node.default);
  const meaning = `${node.isRequired ? 'Required. ' : ''}${prose(node.description)}`;
  return [`\`${key}\``, typeOf(node), value, allowed(node), meaning];
}

function keyTable(entries) {
  const rows = withChildren(entries);
  return table(
    ['Key', 'Type', 'Default', 'Allowed', 'Meaning'],
    rows.map((entry) => cellsOf(entry)),
  );
}

const { profile, table: tableSettings, target } = schema.$defs;

/** A map that has a section of its own is one row at the top. */
const topKeys = keysOf(schema).map(([key, node]) =>
  ['monitored_tables', 'profile_defaults', 'targets'].includes(key)
    ? [key, { ...node, properties: undefined, additionalProperties: undefined }]
    : [key, node],
);

const sections = [
  { title: 'Top level', keys: topKeys },
  {
    title: '`monitored_tables.<table>`',
    text: `${tableSettings.description} Written as \`catalog.schema.table:\`, with nothing below it where nothing is to be set.`,
    keys: keysOf(tableSettings),
  },
  { title: '`profile_defaults`', text: profile.description, keys: keysOf(profile) },
  {
    title: '`targets.<target>`',
    text: target.description,
    // The others say the same as at the top.
    keys: keysOf(target).filter(([key]) => schema.properties[key] === undefined),
  },
];

const text = `${[
  opening.trimEnd(),
  ...sections.flatMap((section) => [
    `## ${section.title}`,
    ...(section.text ? [section.text] : []),
    keyTable(section.keys),
  ]),
].join('\n\n')}\n`;

if (process.argv.includes('--check')) {
  const stale = (await readFile(file, 'utf8').catch(() => '')) !== text;
  if (stale) process.stderr.write('stale: docs/configuration.md; run node packages/config/scripts/generate-docs.js\n');
  process.exitCode = stale ? 1 : 0;
} else {
  await writeFile(file, text);
}
