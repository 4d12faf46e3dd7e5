import { isJsonArray, isJsonObject, type Json } from '@dpo/core';
import type { Finding, Path } from '../finding.ts';
import { sourceAt, type Range, type Sources } from '../source.ts';
import { tableNameFault } from '../table-name.ts';
import { targetNamePattern } from '../target/target-name.ts';
import { variableName } from '../variables/text-parts.ts';
import { describePath, describeValue, didYouMean, shorten } from '../words.ts';
import { expectationOf, typesOf, valuesOf, type SchemaNode } from './schema-node.ts';
import type { SchemaError } from './validate-schema.ts';
import { homeOf } from './home-of-key.ts';

export interface Fault {
  readonly error: SchemaError;
  readonly path: Path;
  readonly range: Range;
}

interface Context {
  readonly catalog: string | undefined;
  readonly sources: Sources;
}

type Words = readonly [code: string, message: string, hint?: string | undefined];

/** Numbers in the spelling of the file, which may be another or longer than they can keep. */
function asWritten(value: Json, sources: Sources, [start, end]: Range): string {
  if (typeof value !== 'number') return describeValue(value);
  const { text, base } = sourceAt(sources, start);
  return shorten(text.slice(start - base, end - base));
}

/** A fault in the words of the file. */
export function explain(fault: Fault, context: Context): Finding {
  const [code, message, hint] = wordsOf(fault, context);
  return { code: `CONFIG.${code}`, severity: 'error', message, hint, range: fault.range, path: fault.path };
}

export function schemaNodeOf({ parentSchema }: SchemaError): SchemaNode {
  return parentSchema ?? {};
}

function wordsOf({ error, path, range }: Fault, context: Context): Words {
  const what = describePath(path);
  const value: Json = isJson(error.data) ? error.data : null;
  const node = schemaNodeOf(error);
  switch (error.keyword) {
    case 'additionalProperties':
      return ['UNKNOWN_KEY', `${what} is not a key that dpo knows`, hintForKey(path, node)];
    case 'propertyNames':
      return badName(path, node.propertyNames?.['x-dpo-expects'], context);
    case 'required':
      return ['REQUIRED', `'${param(error, 'missingProperty')}' is missing${path.length === 0 ? '' : ` from ${what}`}`];
    case 'type':
      return [
        'TYPE',
        `${what} is ${asWritten(value, context.sources, range)}, expected ${expectationOf(node)}`,
        hintForType(value, node),
      ];
    case 'enum':
    case 'pattern':
      return badValue(what, value, node);
    case 'minLength':
      return ['VALUE', `${what} is an empty text`, 'give a value or remove the key'];
    case 'uniqueItems':
      return [
        'VALUE',
        `${what} has ${describeValue(entryAt(value, param(error, 'i')))} twice`,
        'remove one of the two',
      ];
    default:
      return bound(what, value, error);
  }
}

function badValue(what: string, value: Json, node: SchemaNode): Words {
  const values = valuesOf(node);
  const expects = node['x-dpo-expects'];
  if (expects !== undefined) return ['VALUE', `${what} is ${describeValue(value)}, not ${expects}`];
  const hint = typeof value === 'string' ? didYouMean(value, values) : undefined;
  return ['VALUE', `${what} is ${describeValue(value)}, not one of: ${values.join(', ')}`, hint];
}

function entryAt(value: Json, index: string): Json {
  return isJsonArray(value) ? (value[Number(index)] ?? null) : null;
}

function bound(what: string, value: Json, error: SchemaError): Words {
  const limit = param(error, 'limit');
  const bounds: Readonly<Record<string, readonly [size: string, rule: string]>> = {
    minimum: [describeValue(value), `must be at least ${limit}`],
    maximum: [describeValue(value), `must be at most ${limit}`],
    minItems: [entries(value), `needs at least ${limit}`],
    maxItems: [entries(value), `may have at most ${limit}`],
    maxLength: ['too long', `may have at most ${limit} characters`],
  };
  const [size, rule] = bounds[error.keyword] ?? [describeValue(value), 'is not allowed here'];
  return ['RANGE', `${what} is ${size} and ${rule}`];
}

function entries(value: Json): string {
  const count = Array.isArray(value) ? value.length : 0;
  return count === 1 ? 'a list of 1 entry' : `a list of ${count} entries`;
}

function badName(path: Path, expected: string | undefined, { catalog }: Context): Words {
  const name = String(path.at(-1));
  if (expected !== undefined) return ['VALUE', `the key '${shorten(name)}' is not ${expected}`];
  if (path.at(-2) === 'targets') {
    return ['TARGET_NAME', `'${shorten(name)}' is no name of a target`, `names match ${targetNamePattern.source}`];
  }
  if (path.at(-2) === 'variables') {
    return ['VARIABLE', `'${shorten(name)}' is no name of a variable`, `names match ${variableName.source}`];
  }
  const fault = tableNameFault(name, catalog);
  return ['TABLE_NAME', fault?.message ?? `'${shorten(name)}' is no name of a table`, fault?.hint];
}

function hintForKey(path: Path, node: SchemaNode): string | undefined {
  const name = String(path.at(-1));
  if (/token|secret|password/i.test(name))
    return 'credentials come from the environment or a profile, never from a config';
  const home = homeOf(name, path);
  if (home !== undefined) return `it belongs ${home}`;
  return didYouMean(name, Object.keys(node.properties ?? {}));
}

function hintForType(value: Json, node: SchemaNode): string | undefined {
  const types = typesOf(node);
  if (value === null) return 'give a value or remove the key';
  if (types.includes('string') && (typeof value === 'number' || typeof value === 'boolean'))
    return 'put the value in quotes';
  if (types.includes('array') && typeof value === 'string') return `write it as a list: [${shorten(value)}]`;
  if (types.includes('boolean') && typeof value === 'string') return booleanHint(value);
  if (types[0] === 'object' && types.length === 1 && Array.isArray(value))
    return "write 'name:' with settings below it, without the dash";
  return undefined;
}

function booleanHint(value: string): string | undefined {
  if (/^(?:yes|on|true|y)$/i.test(value)) return 'write true, without quotes';
  return /^(?:no|off|false|n)$/i.test(value) ? 'write false, without quotes' : undefined;
}

function param(error: SchemaError, name: string): string {
  const value: unknown = error.params[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isJson(value: unknown): value is Json {
  return (
    value === null ||
    ['string', 'number', 'boolean'].includes(typeof value) ||
    Array.isArray(value) ||
    isJsonObject(value)
  );
}
