import type { Json } from '@dpo/core';
import type { Finding, Path } from '../finding.ts';
import { entriesAt, spotAt, type Entry, type Located } from '../located.ts';
import { startOfFile, type Range } from '../source.ts';
import { didYouMean, listWords, shorten } from '../words.ts';
import type { Scalar } from './reference.ts';
import { hasReferences, partsOf } from './text-parts.ts';

/** What stands where a reference was: the value, and how it may be shown. */
export interface Resolved {
  readonly value: Scalar;
  /** As written, with variables written out and references to the environment left. */
  readonly text: string;
  /** Variables of the environment that are in it. */
  readonly names: readonly string[];
}

export type Lookup = { readonly status: 'set'; readonly resolved: Resolved } | { readonly status: 'unset' | 'unknown' };

export interface Variables {
  variable(name: string): Lookup;
  environment(name: string): Lookup;
  /** For suggestions. */
  readonly names: readonly string[];
}

export interface VariableRequest {
  /** The whole config, before any target is applied. */
  readonly root: Located;
  readonly target: string;
  /** What `--var` gives. */
  readonly given: ReadonlyMap<string, string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Values of variables: `--var`, then `DPO_VAR_<name>`, then the target, then the default. Only a value of the file may refer to
 * the environment, and none to another variable.
 */
export function variablesOf({ root, target, given, environment }: VariableRequest): {
  readonly variables: Variables;
  readonly findings: readonly Finding[];
} {
  const declared = entriesAt(root, 'variables');
  const ofTarget = entriesAt(root, 'targets', target, 'variables');
  const names = [...declared.keys()];
  const findings: Finding[] = [];
  const fromEnvironment = (name: string): Lookup => {
    const value = environment[name];
    if (value === undefined || value === '') return { status: 'unset' };
    return { status: 'set', resolved: { value, text: `\${env:${name}}`, names: [name] } };
  };
  const inFile = (located: Located, path: Path): Lookup => {
    const { value, range } = located;
    // Lists and maps are faults of the schema.
    if (!isScalar(value)) return { status: 'unset' };
    if (typeof value !== 'string' || !hasReferences(value)) return plain(value);
    const resolved = resolveText(value, {
      environment: fromEnvironment,
      variable: () => ({ status: 'unknown' }),
      names,
    });
    if (resolved !== undefined) return { status: 'set', resolved };
    const wrong = partsOf(value).some(({ kind }) => kind === 'var' || kind === 'fault');
    if (wrong) {
      const message = `'${shorten(value)}' is no value of a variable: it may refer to \${env:NAME} only`;
      findings.push({ code: 'CONFIG.REFERENCE', severity: 'error', message, range, path });
    }
    return { status: 'unset' };
  };
  const values = new Map<string, Lookup>();
  for (const [name, entry] of declared) {
    const own = given.get(name) ?? environment[`DPO_VAR_${name}`];
    const override = ofTarget.get(name);
    const standard = defaultOf(entry, name);
    const lookup =
      own !== undefined
        ? plain(own)
        : override !== undefined && override.node.value !== null
          ? inFile(override.node, ['targets', target, 'variables', name])
          : standard === undefined
            ? ({ status: 'unset' } as const)
            : inFile(standard.node, standard.path);
    values.set(name, lookup);
  }
  findings.push(
    ...[...given.keys()].filter((name) => !declared.has(name)).map((name) => undeclared(root, name, names)),
    ...[...ofTarget]
      .filter(([name]) => !declared.has(name))
      .map(([name, { key }]) =>
        unknownVariable(name, names, { range: key, path: ['targets', target, 'variables', name] }),
      ),
  );
  return {
    variables: {
      variable: (name) => values.get(name) ?? { status: 'unknown' },
      environment: fromEnvironment,
      names,
    },
    findings,
  };
}

function isScalar(value: Json): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function plain(value: Scalar): Lookup {
  return { status: 'set', resolved: { value, text: literally(String(value)), names: [] } };
}

/** As a text with references says it. */
function literally(text: string): string {
  return text.replaceAll('${', () => '$${');
}

/** `name: value`, or a map with `default`. */
function defaultOf({ node }: Entry, name: string): { readonly node: Located; readonly path: Path } | undefined {
  if (node.entries === undefined) return { node, path: ['variables', name] };
  const standard = node.entries.get('default');
  return standard === undefined ? undefined : { node: standard.node, path: ['variables', name, 'default'] };
}

/** A text with what its references stand for; `undefined` if one of them stands for nothing. */
export function resolveText(text: string, variables: Variables): Resolved | undefined {
  const parts = partsOf(text).map((part): Resolved | undefined => {
    if (part.kind === 'text') return { value: part.text, text: literally(part.text), names: [] };
    if (part.kind === 'fault') return undefined;
    const lookup = part.kind === 'var' ? variables.variable(part.name) : variables.environment(part.name);
    return lookup.status === 'set' ? lookup.resolved : undefined;
  });
  const resolved = parts.filter((part) => part !== undefined);
  if (resolved.length < parts.length) return undefined;
  const [only] = resolved;
  if (only !== undefined && resolved.length === 1) return only;
  return {
    value: resolved.map(({ value }) => String(value)).join(''),
    text: resolved.map((part) => part.text).join(''),
    names: [...new Set(resolved.flatMap((part) => part.names))],
  };
}

export function unknownVariable(
  name: string,
  names: readonly string[],
  at: { readonly range: Range; readonly path: Path },
): Finding {
  const message = `there is no variable '${shorten(name)}'`;
  return { ...at, code: 'CONFIG.VARIABLE', severity: 'error', message, hint: hintFor(name, names) };
}

/** Named on the command line, so that it is nowhere in the file. */
function undeclared(root: Located, name: string, names: readonly string[]): Finding {
  const spot = spotAt(root, ['variables']);
  const at = spot.path.length === 0 ? { range: startOfFile, path: [] } : { range: spot.key, path: spot.path };
  const message = `--var gives '${shorten(name)}', which the config does not declare`;
  return { ...at, code: 'CONFIG.VARIABLE', severity: 'error', message, hint: hintFor(name, names) };
}

function hintFor(name: string, names: readonly string[]): string {
  const near = didYouMean(name, names);
  if (near !== undefined) return near;
  if (names.length === 0) return "declare it under 'variables'";
  const known = names.slice(0, 10).map((known) => `'${shorten(known)}'`);
  return `declare it under 'variables'; declared: ${listWords(known, 'and')}`;
}
