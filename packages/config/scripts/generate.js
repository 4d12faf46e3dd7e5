// Writes src/generated from schemas/config.schema.json. With --check it writes nothing and exits 1 if a file is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';
import { format } from 'oxfmt';

const root = new URL('../../../', import.meta.url);
const folder = new URL('packages/config/src/generated/', root);
const banner = '// Generated from schemas/config.schema.json by `npm run generate`.';
const notForTypes = new Set([
  'patternProperties',
  'propertyNames',
  'if',
  'then',
  'pattern',
  'examples',
  'default',
  'minLength',
  'maxLength',
]);

/** The shape after loading: a `null` that means unset is gone, keys are `readonly`, free `x-` keys are left out. */
function schemaOfLoaded(node) {
  if (Array.isArray(node)) return node.map(schemaOfLoaded);
  if (typeof node !== 'object' || node === null) return node;
  const { type, pattern, 'x-dpo-values': values } = node;
  if (values !== undefined && pattern !== undefined && type.includes('object')) {
    return { title: node.title, description: node.description, anyOf: [{ enum: values }, objectOnly(node)] };
  }
  const keepNull = node['x-dpo-null'] !== undefined;
  const kept = Object.entries(node).filter(([key]) => !notForTypes.has(key) && !key.startsWith('x-dpo-'));
  return Object.fromEntries(
    kept.map(([key, value]) => [key, keepNull ? schemaOfLoaded(value) : withoutNull(key, value)]),
  );
}

function objectOnly({ properties, additionalProperties }) {
  return schemaOfLoaded({ type: 'object', properties, additionalProperties });
}

function withoutNull(key, value) {
  if (key === 'type' && Array.isArray(value)) {
    const types = value.filter((type) => type !== 'null');
    return types.length === 1 ? types[0] : types;
  }
  if (key === 'enum') return value.filter((item) => item !== null);
  if (key === 'properties' || key === '$defs') {
    return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, schemaOfLoaded(schema)]));
  }
  return schemaOfLoaded(value);
}

function readonly(types) {
  return types
    .replaceAll(/^(\s+)((?:["'][^"']+["']|\w+)\??:|\[k: string\]:)/gm, '$1readonly $2')
    .replaceAll(/(\([^()]*\)|\b\w+)\[\]/g, 'readonly $1[]');
}

async function generate() {
  const schema = JSON.parse(await readFile(new URL('schemas/config.schema.json', root), 'utf8'));
  const { singleQuote, printWidth } = JSON.parse(await readFile(new URL('.oxfmtrc.json', root), 'utf8'));
  const types = await compile(schemaOfLoaded(schema), 'Config', {
    bannerComment: banner,
    format: false,
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: false,
  });
  const files = {
    'config-schema.ts': `${banner}\nexport const configSchema = ${JSON.stringify(schema)};\n`,
    'config-types.ts': types,
  };
  const formatted = Object.entries(files).map(async ([name, text]) => {
    const { code, errors } = await format(name, text, { singleQuote, printWidth });
    if (errors.length > 0) throw new Error(`${name}: ${JSON.stringify(errors)}`);
    return [name, name === 'config-types.ts' ? readonly(code) : code];
  });
  return Promise.all(formatted);
}

async function staleFiles(files) {
  const stale = await Promise.all(
    files.map(async ([name, text]) => (await readFile(new URL(name, folder), 'utf8').catch(() => '')) !== text),
  );
  return files.filter((_, index) => stale[index]).map(([name]) => name);
}

const files = await generate();
if (process.argv.includes('--check')) {
  const stale = await staleFiles(files);
  if (stale.length > 0) process.stderr.write(`stale: ${stale.join(', ')}; run npm run generate\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  await Promise.all(files.map(([name, text]) => writeFile(new URL(name, folder), text)));
}
