import { canonical, type Address, type OpenIntent, type RecordedResource } from '@dpo/core';
import { encodeEntry } from './entry.ts';
import type { Journal } from './journal.ts';
import { compareIntents, encodeIntent, quietFrom } from './open-intent.ts';
import { openIntentOf, type Operation } from './operation.ts';
import type { Snapshot } from './snapshot.ts';

export interface Content {
  readonly resources: ReadonlyMap<Address, RecordedResource>;
  readonly intents: readonly OpenIntent[];
}

const noContent: Content = { resources: new Map(), intents: [] };

/**
 * The state after a run, from the state before and the run's journal.
 *
 * Intents of earlier runs stay until they are dealt with: the run ended by itself and its first operation came when
 * they could take effect no more (so what it read was true), or it did something about the same address after that. A
 * run that crashed settles nothing else, hence an intent is never lost by a second crash. What
 * makes an object (a create, a replace) is settled only by what is done about its address: until then its intent is all that
 * is known of the object.
 */
export function replay(before: Content | undefined, journal: Journal): Content {
  const { resources, intents } = before ?? noContent;
  const operations = [...journal.operations.values()];
  const after = new Map(resources);
  for (const operation of operations) applyOperation(after, operation);
  const open = operations.map(openIntentOf).filter((intent) => intent !== undefined);
  const kept = intents.filter((intent) => !isSettled(intent, journal, operations));
  return { resources: after, intents: [...kept, ...open].toSorted(compareIntents) };
}

/**
 * The snapshot that takes a journal in, or `undefined` if nothing would differ. An interrupted run and the one that
 * recovers it compute the same from the same bytes.
 */
export function nextSnapshot(before: Snapshot | undefined, journal: Journal, writer: string): Snapshot | undefined {
  const content = replay(before, journal);
  if (equalContent(before ?? noContent, content)) return undefined;
  const { lineage, run, owner, target } = journal.header;
  return { writer, lineage, serial: (before?.serial ?? 0) + 1, run, owner, target, ...content };
}

function applyOperation(resources: Map<Address, RecordedResource>, { start, stage, result }: Operation): void {
  if (start.formerly !== undefined && (result?.status === 'done' || stage !== undefined)) {
    rename(resources, start.formerly, start.address);
  }
  if (result?.status === 'done') {
    if (result.entry === null) resources.delete(start.address);
    else resources.set(start.address, result.entry);
  } else if (stage !== undefined) {
    resources.set(start.address, stage.entry);
  }
}

/** What needed the object by its former address needs it by the present one. */
function rename(resources: Map<Address, RecordedResource>, formerly: Address, address: Address): void {
  resources.delete(formerly);
  for (const [name, entry] of resources) {
    if (!entry.needs.includes(formerly)) continue;
    resources.set(name, { ...entry, needs: entry.needs.map((need) => (need === formerly ? address : need)) });
  }
}

function isSettled(intent: OpenIntent, journal: Journal, operations: readonly Operation[]): boolean {
  const quiet = quietFrom(intent);
  const makes = intent.action === 'create' || intent.action === 'replace';
  if (!makes && journal.ended && journal.header.at >= quiet) return true;
  return operations.some(
    ({ start, result }) => start.address === intent.address && start.at >= quiet && result?.status === 'done',
  );
}

function equalContent(a: Content, b: Content): boolean {
  return (
    a.resources.size === b.resources.size &&
    [...a.resources].every(([address, entry]) => equalEntries(entry, b.resources.get(address))) &&
    intentsText(a) === intentsText(b)
  );
}

function equalEntries(a: RecordedResource, b: RecordedResource | undefined): boolean {
  return a === b || (b !== undefined && canonical(encodeEntry(a)) === canonical(encodeEntry(b)));
}

function intentsText({ intents }: Content): string {
  return canonical(intents.toSorted(compareIntents).map(encodeIntent));
}
