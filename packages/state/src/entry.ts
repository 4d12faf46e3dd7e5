import {
  compareText,
  isAddress,
  kinds,
  kindOf,
  type Address,
  type Decisions,
  type JsonObject,
  type Kind,
  type KindName,
  type RecordedResource,
  type RecordedStatus,
  type TargetIdentity,
} from '@dpo/core';
import {
  integerAt,
  itemsAt,
  members,
  objectAt,
  oneOfAt,
  ShapeError,
  show,
  textAt,
  trueAt,
  type Node,
} from './shape.ts';

export type Upgrades = Readonly<Record<KindName, Pick<Kind, 'version' | 'upgrade'>>>;

export const currentKinds: Upgrades = kinds;

const statuses: readonly RecordedStatus[] = ['ok', 'replacing:deleted', 'purging'];

/** What the document keeps of a resource. The order of `needs` means nothing, so it is made the same always. */
export function encodeEntry(entry: RecordedResource): JsonObject {
  const unreturned = [...new Set(entry.unreturned)].toSorted(compareText);
  const references = [...new Set(entry.references)].toSorted(compareText);
  return {
    v: entry.version,
    id: entry.id,
    status: entry.status,
    applied: entry.applied,
    out: entry.out,
    needs: [...new Set(entry.needs)].toSorted(compareText),
    ...(unreturned.length === 0 ? {} : { unreturned }),
    ...(references.length === 0 ? {} : { references }),
    ...(entry.preventDestroy === true ? { prevent_destroy: true } : {}),
    ...(entry.decisions === undefined ? {} : { decisions: { slices: { ...entry.decisions.slices } } }),
  };
}

/** Brings an entry of an older version up to the present one. Throws `ShapeError`. */
export function decodeEntry(node: Node, address: Address, upgrades: Upgrades): RecordedResource {
  const member = members(
    node,
    ['v', 'id', 'status', 'applied', 'out', 'needs'],
    ['unreturned', 'references', 'prevent_destroy', 'decisions'],
  );
  const kind = upgrades[kindOf(address)];
  const version = integerAt(member('v'), 1);
  if (version > kind.version) {
    const { path } = member('v');
    throw new ShapeError(`${show(path)} is ${version}, this version of dpo knows up to ${kind.version}`, path, true);
  }
  const applied = objectAt(member('applied'));
  const unreturned = member('unreturned');
  const references = member('references');
  return {
    version: kind.version,
    id: textAt(member('id')),
    status: oneOfAt(member('status'), statuses),
    applied: version < kind.version ? kind.upgrade(version, applied) : applied,
    out: objectAt(member('out')),
    needs: itemsAt(member('needs')).map((item) => decodeAddress(textAt(item), item)),
    ...(unreturned.value === undefined ? {} : { unreturned: itemsAt(unreturned).map(textAt) }),
    ...(references.value === undefined ? {} : { references: itemsAt(references).map(textAt) }),
    ...(member('prevent_destroy').value === undefined ? {} : { preventDestroy: trueAt(member('prevent_destroy')) }),
    ...(member('decisions').value === undefined ? {} : { decisions: decisionsAt(member('decisions')) }),
  };
}

function decisionsAt(node: Node): Decisions {
  const slices = members(node, ['slices'])('slices');
  const counts = Object.keys(objectAt(slices)).map((column) => {
    const count = objectAt(slices)[column];
    return [column, integerAt({ value: count, path: [...slices.path, column] }, 0)] as const;
  });
  return { slices: Object.fromEntries(counts) };
}

/** An address of a kind that only a later version of dpo has is told apart from one that is none. */
export function decodeAddress(text: string, node: Node): Address {
  if (isAddress(text)) return text;
  const later = /^[a-z][a-z_]*:./.test(text);
  const message = later
    ? `this version of dpo does not know the kind of ${text}`
    : `${JSON.stringify(text)} is no address`;
  throw new ShapeError(message, node.path, later);
}

export function encodeTarget(target: TargetIdentity): JsonObject {
  return {
    name: target.name,
    host: target.host,
    workspace_id: target.workspaceId,
    metastore_id: target.metastoreId,
  };
}

export function decodeTarget(node: Node): TargetIdentity {
  const member = members(node, ['name', 'host', 'workspace_id', 'metastore_id']);
  return {
    name: textAt(member('name')),
    host: textAt(member('host')),
    workspaceId: textAt(member('workspace_id')),
    metastoreId: textAt(member('metastore_id')),
  };
}
