import { Alias, isAlias, isMap, isNode, isScalar, isSeq, Pair, Scalar, YAMLMap, type Document, type Node } from 'yaml';
import type { Json } from '@dpo/core';
import type { Path } from '../finding.ts';
import { createLookup, type Lookup } from './lookup.ts';

/** A change of a YAML document that leaves everything else, comments too, as it is written. */
export type Edit =
  | { readonly action: 'remove'; readonly path: Path }
  | {
      readonly action: 'set';
      readonly path: Path;
      readonly value: Json;
      /** Said in the line above or behind the value, where the key is new. */
      readonly above?: string;
      readonly behind?: string;
      /** The new key stands behind this one, else at the end. */
      readonly after?: string;
    };

type Setting = Extract<Edit, { readonly action: 'set' }>;

interface Editor {
  readonly document: Document;
  readonly lookup: Lookup;
}

/** Changes a document. A path that leads through an alias or a merge key changes what is referred to. */
export function createEditor(document: Document): (change: Edit) => void {
  const editor = { document, lookup: createLookup(document) };
  return (change) => (change.action === 'remove' ? remove(editor, change.path) : set(editor, change));
}

function remove({ lookup }: Editor, path: Path): void {
  const holder = lookup.nodeAt(path.slice(0, -1));
  const found = isMap(holder) ? lookup.find(holder, String(path.at(-1))) : undefined;
  if (found !== undefined) lookup.remove(found);
}

function set(editor: Editor, change: Setting): void {
  const { document, lookup } = editor;
  const { path, value } = change;
  const key = path.at(-1);
  const parent = path.slice(0, -1);
  const there = lookup.nodeAt(path);
  if (key === undefined || (isScalar(there) && there.value === value)) return;
  if (typeof key === 'number') {
    const list = lookup.nodeAt(parent);
    if (isSeq(list)) list.items[key] = replacement(document, list.items[key], value);
    return;
  }
  const holder = mapAt(editor, parent);
  const found = lookup.find(holder, key);
  if (found !== undefined) found.pair.value = replacement(document, found.pair.value, value);
  else lookup.add(holder, newPair(document, change, holder), change.after);
}

function newPair(document: Document, { path, value, above, behind }: Setting, holder: YAMLMap): Pair {
  const name = new Scalar(String(path.at(-1)));
  const node = nodeOf(document, value);
  // A comment would break the line of a flow map.
  if (above !== undefined && holder.flow !== true) name.commentBefore = ` ${above}`;
  if (behind !== undefined && holder.flow !== true) node.comment = ` ${behind}`;
  return new Pair(name, node);
}

/** The new value with the comments of the old one. */
function replacement(document: Document, old: unknown, value: Json): Node {
  const node = nodeOf(document, value);
  if (isScalar(old)) {
    if (old.comment != null) node.comment = old.comment;
    if (old.commentBefore != null) node.commentBefore = old.commentBefore;
    if (isScalar(node) && old.anchor !== undefined) node.anchor = old.anchor;
  }
  return node;
}

function nodeOf(document: Document, value: Json): Node {
  const node: unknown = document.createNode(value);
  return isNode(node) ? node : new Scalar(value);
}

/** The map at a path, made where there is none; an alias becomes a map of its own that takes in what it refers to. */
function mapAt(editor: Editor, path: Path): YAMLMap {
  const { document, lookup } = editor;
  const key = path.at(-1);
  if (key === undefined) return isMap(document.contents) ? document.contents : new YAMLMap(document.schema);
  const holder = mapAt(editor, path.slice(0, -1));
  const found = lookup.find(holder, String(key));
  const value: unknown = found?.pair.value;
  if (isMap(value)) return value;
  const made = new YAMLMap(document.schema);
  if (isAlias(value) && isMap(lookup.resolved(value))) {
    const alias = new Alias(value.source);
    lookup.sameAs(alias, value);
    made.items.push(new Pair(new Scalar('<<'), alias));
  }
  if (isScalar(value) && value.comment != null) made.commentBefore = value.comment;
  if (found === undefined) {
    const name = new Scalar(String(key));
    name.spaceBefore = path.length === 1;
    lookup.add(holder, new Pair(name, made));
  } else found.pair.value = made;
  return made;
}
