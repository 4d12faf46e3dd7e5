import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap } from 'yaml';
import type { Json } from '@dpo/core';
import type { Finding, Path } from '../finding.ts';
import { listOf, mapOf, scalarOf, type Entry, type Located } from '../located.ts';
import { positionIn, type Range, type Source } from '../source.ts';
import { shorten } from '../words.ts';
import { limits } from './parse-yaml.ts';
import { syntaxFinding } from './syntax-finding.ts';

/** How many values the aliases and merge keys of one file may stand for, all together. */
const mostAliased = 200_000;

const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

interface Walk {
  readonly source: Source;
  readonly findings: Finding[];
  /** The anchors so far; `undefined` while the anchored value itself is being read. */
  readonly anchors: Map<string, Located | undefined>;
  aliased: number;
}

/**
 * Turns the nodes of the YAML library into located values: aliases and merge keys resolved, anchored values shared.
 * Linear in the size of the file; the library's own conversion searches the document once for each alias.
 */
export function locate(
  source: Source,
  contents: ParsedNode,
): { readonly root: Located; readonly findings: readonly Finding[] } {
  const walk: Walk = { source, findings: [], anchors: new Map(), aliased: 0 };
  const root = read(walk, contents, []);
  return { root, findings: walk.findings };
}

function read(walk: Walk, node: ParsedNode, path: Path): Located {
  if (isAlias(node)) return readAlias(walk, node, path);
  const { anchor } = node;
  if (anchor !== undefined) walk.anchors.set(anchor, undefined);
  const located = readValue(walk, node, path);
  if (anchor !== undefined) walk.anchors.set(anchor, located);
  return located;
}

function readValue(walk: Walk, node: ParsedNode, path: Path): Located {
  if (isMap<ParsedNode, ParsedNode | null>(node)) return readMap(walk, node, path);
  if (isSeq<ParsedNode>(node)) {
    const items = node.items.map((item, index) => read(walk, item, [...path, index]));
    return listOf(items, rangeOf(walk.source, node));
  }
  return scalarOf(isScalar(node) ? plainValue(node) : null, rangeOf(walk.source, node));
}

/** Infinity and NaN become their text, so that they are refused where a number is wanted. */
function plainValue({ value, source }: Scalar): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value : (source ?? String(value));
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

function readAlias(walk: Walk, node: ParsedNode & { readonly source: string }, path: Path): Located {
  const range = rangeOf(walk.source, node);
  const target = walk.anchors.get(node.source);
  if (target === undefined) {
    const what = walk.anchors.has(node.source)
      ? 'stands inside the value it refers to'
      : 'refers to no anchor above it';
    return refuse(walk, syntaxFinding({ message: `'*${node.source}' ${what}`, range, path }));
  }
  return countAliased(walk, target, { range, path }) ? target : scalarOf(null, range);
}

/** False once the file has used up what aliases may stand for; reported once. */
function countAliased(walk: Walk, target: Located, at: { readonly range: Range; readonly path: Path }): boolean {
  const before = walk.aliased;
  walk.aliased += target.size;
  const deep = target.depth + at.path.length > limits.depth;
  if (walk.aliased <= mostAliased && !deep) return true;
  if (before <= mostAliased) {
    const message = deep
      ? `the file is nested more than ${limits.depth} levels deep`
      : `the aliases of this file stand for more than ${mostAliased} values`;
    refuse(walk, { code: 'CONFIG.TOO_LARGE', severity: 'error', message, hint: 'use fewer aliases', ...at });
    walk.aliased = Number.POSITIVE_INFINITY;
  }
  return false;
}

function refuse(walk: Walk, finding: Finding): Located {
  walk.findings.push(finding);
  return scalarOf(null, finding.range);
}

function readMap(walk: Walk, node: YAMLMap<ParsedNode, ParsedNode | null>, path: Path): Located {
  const entries = new Map<string, Entry>();
  const keys = new Map<string, Range>();
  const merged: Located[] = [];
  for (const pair of node.items) {
    const key = rangeOf(walk.source, pair.key);
    const name = readKey(walk, pair.key, path);
    if (name === undefined) continue;
    const inner = [...path, name];
    const first = keys.get(name);
    if (first !== undefined) walk.findings.push(duplicateKey(walk.source, name, { first, key, path: inner }));
    else keys.set(name, key);
    const value = pair.value === null ? scalarOf(null, key) : read(walk, pair.value, inner);
    if (isMergeKey(pair.key)) merged.push(...mergeSources(walk, value, { key, path: inner }));
    else if (first === undefined)
      entries.set(name, { key, node: value.range[0] === value.range[1] ? { ...value, range: key } : value });
  }
  for (const source of merged) {
    for (const [name, entry] of source.entries ?? []) if (!entries.has(name)) entries.set(name, entry);
  }
  return mapOf(entries, rangeOf(walk.source, node));
}

function readKey(walk: Walk, key: ParsedNode, path: Path): string | undefined {
  const range = rangeOf(walk.source, key);
  const name = isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? '')) : undefined;
  if (name === undefined || name === '') {
    const message = name === '' ? 'a key is empty' : 'a key must be a single text';
    walk.findings.push(syntaxFinding({ message, hint: "write 'key: value'", range, path }));
    return undefined;
  }
  if (forbiddenKeys.has(name)) {
    const message = `'${name}' may not be used as a key`;
    walk.findings.push({ code: 'CONFIG.FORBIDDEN_KEY', severity: 'error', message, range, path: [...path, name] });
    return undefined;
  }
  if (isScalar(key) && key.anchor !== undefined) walk.anchors.set(key.anchor, scalarOf(name, range));
  return name;
}

function isMergeKey(key: ParsedNode): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

/** A merge key takes a map or a list of maps; what stands first wins. */
function mergeSources(
  walk: Walk,
  value: Located,
  at: { readonly key: Range; readonly path: Path },
): readonly Located[] {
  const sources = value.items ?? [value];
  if (sources.every((source) => source.entries !== undefined)) return sources;
  const hint = "write '<<: *anchor', with an anchor on a map";
  walk.findings.push(
    syntaxFinding({ message: "'<<' takes a map or a list of maps", hint, range: at.key, path: at.path }),
  );
  return [];
}

function duplicateKey(source: Source, name: string, at: { first: Range; key: Range; path: Path }): Finding {
  const { line, column } = positionIn(source, at.first[0] - source.base);
  return {
    code: 'CONFIG.DUPLICATE_KEY',
    severity: 'error',
    message: `'${shorten(name)}' is given twice, first at ${line}:${column}`,
    hint: 'keep one of the two',
    range: at.key,
    path: at.path,
  };
}

function rangeOf(
  { base }: Source,
  { range }: { readonly range?: readonly [number, number, number] | null | undefined },
): Range {
  return range == null ? [base, base] : [base + range[0], base + range[1]];
}
