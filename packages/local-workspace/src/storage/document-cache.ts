import type { Document, DocumentKind } from './storage.ts';

/** Separates kind and id in the key of a change; it cannot occur in a kind. */
const separator = ' ';

/** A change of one document: its new text, or `undefined` for a removal. */
export interface DocumentChange {
  readonly kind: DocumentKind;
  readonly id: string;
  readonly document: Document | undefined;
}

/** The committed documents. `list` keeps its array until the next change of that kind, so that indexes can be kept beside it. */
export interface DocumentCache {
  get(kind: DocumentKind, id: string): Document | undefined;
  list(kind: DocumentKind): readonly Document[];
  entries(kind: DocumentKind): ReadonlyMap<string, Document>;
  apply(changes: Iterable<DocumentChange>): void;
  /** What a restart would read of a document: without undefined fields. A document of this cache is answered as it is. */
  normalize(document: Document): Document;
}

/** The changes of one open transaction, the last one for each document. */
export interface ChangeSet {
  set(change: DocumentChange): void;
  find(kind: DocumentKind, id: string): DocumentChange | undefined;
  changes(): readonly DocumentChange[];
}

export function createDocumentCache(): DocumentCache {
  const kinds = new Map<DocumentKind, Map<string, Document>>();
  const lists = new Map<DocumentKind, readonly Document[]>();
  const normal = new WeakSet<Document>();
  return {
    get: (kind, id) => kinds.get(kind)?.get(id),
    list(kind) {
      const known = lists.get(kind);
      if (known !== undefined) return known;
      const sorted = sortedById([...(kinds.get(kind) ?? [])]);
      lists.set(kind, sorted);
      return sorted;
    },
    normalize: (document) => (normal.has(document) ? document : (JSON.parse(JSON.stringify(document)) as Document)),
    entries: (kind) => kinds.get(kind) ?? new Map(),
    apply(changes) {
      for (const { kind, id, document } of changes) {
        const documents = kinds.get(kind) ?? new Map<string, Document>();
        kinds.set(kind, documents);
        if (document === undefined) documents.delete(id);
        else documents.set(id, document);
        if (document !== undefined) normal.add(document);
        lists.delete(kind);
      }
    },
  };
}

export function createChangeSet(): ChangeSet {
  const byKey = new Map<string, DocumentChange>();
  return {
    set: (change) => {
      byKey.set(`${change.kind}${separator}${change.id}`, change);
    },
    find: (kind, id) => byKey.get(`${kind}${separator}${id}`),
    changes: () => [...byKey.values()],
  };
}

/** Documents of a kind as an open transaction sees them. */
export function overlay(
  entries: ReadonlyMap<string, Document>,
  changes: readonly DocumentChange[],
): readonly Document[] {
  const merged = new Map(entries);
  for (const { id, document } of changes) {
    if (document === undefined) merged.delete(id);
    else merged.set(id, document);
  }
  return sortedById([...merged]);
}

function sortedById(entries: readonly (readonly [string, Document])[]): readonly Document[] {
  return entries
    .toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, document]) => document);
}
