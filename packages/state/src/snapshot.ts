import {
  canonical,
  compareText,
  isJsonObject,
  nothingRecorded,
  type Address,
  type Json,
  type OpenIntent,
  type Recorded,
  type RecordedResource,
  type TargetIdentity,
} from '@dpo/core';
import {
  currentKinds,
  decodeAddress,
  decodeEntry,
  decodeTarget,
  encodeEntry,
  encodeTarget,
  type Upgrades,
} from './entry.ts';
import { isLater } from './is-later.ts';
import { JsonSyntaxError, parseJson } from './located-json.ts';
import { decodeNote, movedFormat, movedState } from './moved.ts';
import { compareIntents, decodeIntent, encodeIntent } from './open-intent.ts';
import { integerAt, itemsAt, members, objectAt, ShapeError, textAt, UnknownMember, type Node } from './shape.ts';
import { corruptState, foreignState, newerState, writerIn, type Source } from './state-problem.ts';

export const stateFormat = 'dpo.state/1';

/** The state document. `run` is the last one whose journal went into it. */
export interface Snapshot {
  /** Version of dpo that wrote it. */
  readonly writer: string;
  readonly lineage: string;
  /** Grows by one with every change of content. */
  readonly serial: number;
  readonly run: string;
  readonly owner: string;
  readonly target: TargetIdentity;
  readonly resources: ReadonlyMap<Address, RecordedResource>;
  /** Requests that may still take effect, or whose effect no run has looked at yet. */
  readonly intents: readonly OpenIntent[];
}

/** One resource a line and keys in one order: equal states are equal bytes, and a change is a readable diff. */
export function encodeState(snapshot: Snapshot): string {
  const resources = [...snapshot.resources]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([address, entry]) => `${JSON.stringify(address)}: ${canonical(encodeEntry(entry))}`);
  const intents = snapshot.intents.toSorted(compareIntents).map((intent) => canonical(encodeIntent(intent)));
  const lines = [
    `"format": "${stateFormat}"`,
    `"writer": ${JSON.stringify(snapshot.writer)}`,
    `"lineage": ${JSON.stringify(snapshot.lineage)}`,
    `"serial": ${snapshot.serial}`,
    `"run": ${JSON.stringify(snapshot.run)}`,
    `"owner": ${JSON.stringify(snapshot.owner)}`,
    `"target": ${canonical(encodeTarget(snapshot.target))}`,
    `"intents": [${block(intents)}]`,
    `"resources": {${block(resources)}}`,
  ];
  return `{\n  ${lines.join(',\n  ')}\n}\n`;
}

export interface DecodeOptions {
  /** Named in problems. */
  readonly file: string;
  readonly upgrades?: Upgrades;
  /** Version of this dpo, to tell what a later one wrote from damage. */
  readonly version?: string;
}

/**
 * Reads a state document strictly; throws a `DpoError` with `STATE.CORRUPT` (damaged: text, members or values),
 * `STATE.FOREIGN` (not of dpo) or `STATE.NEWER` (of a later dpo), each with line and column.
 */
export function decodeState(text: string, options: DecodeOptions): Snapshot {
  const source = { file: options.file, text };
  try {
    const document = parseJson(text);
    const format = isJsonObject(document) ? document['format'] : undefined;
    if (format === movedFormat) return movedState(source, decodeNote(text));
    const version = typeof format === 'string' ? /^dpo\.state\/([1-9]\d*)$/.exec(format)?.[1] : undefined;
    if (version === undefined) return foreignState(source);
    if (format !== stateFormat)
      return newerState(source, new ShapeError(`its format is dpo.state/${version}`, ['format'], true));
    return decodeDocument({ value: document, path: [] }, options.upgrades ?? currentKinds);
  } catch (error) {
    if (error instanceof ShapeError && (error.newer || isOfLater(error, source, options.version)))
      return newerState(source, error);
    if (error instanceof ShapeError || error instanceof JsonSyntaxError) return corruptState(source, error);
    throw error;
  }
}

/** Members may be added without a new format; a version that does not know them would lose them. */
function isOfLater(error: ShapeError, { text }: Source, version: string | undefined): boolean {
  return error instanceof UnknownMember && isLater(writerIn(parseJson(text)), version);
}

export function recordedOf(snapshot: Snapshot | undefined): Recorded {
  if (snapshot === undefined) return nothingRecorded;
  const { lineage, serial, owner, target, resources, intents } = snapshot;
  return { lineage, serial, owner, target, resources, intents, unfinished: false };
}

function decodeDocument(node: Node, upgrades: Upgrades): Snapshot {
  const member = members(node, [
    'format',
    'writer',
    'lineage',
    'serial',
    'run',
    'owner',
    'target',
    'intents',
    'resources',
  ]);
  return {
    writer: textAt(member('writer')),
    lineage: textAt(member('lineage')),
    serial: integerAt(member('serial'), 1),
    run: textAt(member('run')),
    owner: textAt(member('owner')),
    target: decodeTarget(member('target')),
    resources: decodeResources(member('resources'), upgrades),
    intents: itemsAt(member('intents')).map(decodeIntent),
  };
}

function decodeResources(node: Node, upgrades: Upgrades): ReadonlyMap<Address, RecordedResource> {
  return new Map(
    Object.entries(objectAt(node)).map(([name, value]: [string, Json]) => {
      const entry = { value, path: [...node.path, name] };
      const address = decodeAddress(name, entry);
      return [address, decodeEntry(entry, address, upgrades)];
    }),
  );
}

function block(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n    ${lines.join(',\n    ')}\n  `;
}
