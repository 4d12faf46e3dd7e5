import { resourceDoesNotExist } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import type { Answer } from '../api/route.ts';
import type { Storage, Transaction } from '../storage/storage.ts';

/** A dashboard or notebook as the tag API names it. */
export interface TaggedObject {
  readonly entityType: 'dashboards' | 'notebooks';
  readonly entityId: string;
}

export interface WorkspaceTag extends TaggedObject {
  readonly workspaceId: string;
  readonly key: string;
  readonly value: string;
}

/** By key, in the order of the keys. */
export function tagsOf(
  source: Pick<Storage, 'get'>,
  workspaceId: string,
  object: TaggedObject,
): readonly WorkspaceTag[] {
  const tags = source.get('workspace_tag', idOf(workspaceId, object))?.['tags'] as readonly WorkspaceTag[] | undefined;
  return tags ?? [];
}

/** Sets one tag of an object; its other tags stay. */
export async function putTag(transaction: Transaction, tag: WorkspaceTag): Promise<void> {
  const others = tagsOf(transaction, tag.workspaceId, tag).filter(({ key }) => key !== tag.key);
  await putTags(transaction, tag, [...others, tag]);
}

export async function removeTag(transaction: Transaction, tag: WorkspaceTag): Promise<void> {
  const others = tagsOf(transaction, tag.workspaceId, tag).filter(({ key }) => key !== tag.key);
  await putTags(transaction, tag, others);
}

export function requireTag(
  source: Pick<Storage, 'get'>,
  workspaceId: string,
  wanted: TaggedObject & { readonly key: string },
): WorkspaceTag {
  const tag = tagsOf(source, workspaceId, wanted).find(({ key }) => key === wanted.key);
  if (tag === undefined) throw tagMissing(wanted);
  return tag;
}

export function workspaceTagAnswer({ entityType, entityId, key, value }: WorkspaceTag): Answer {
  return { entity_type: entityType, entity_id: entityId, tag_key: key, tag_value: value };
}

function tagMissing({ entityId, key }: TaggedObject & { readonly key: string }): ApiError {
  return resourceDoesNotExist(`Tag assignment with tag key '${key}' does not exist on ${entityId}.`);
}

async function putTags(transaction: Transaction, tag: WorkspaceTag, tags: readonly WorkspaceTag[]): Promise<void> {
  const sorted = tags.toSorted((left, right) => (left.key < right.key ? -1 : 1));
  await transaction.put('workspace_tag', idOf(tag.workspaceId, tag), { tags: sorted });
}

function idOf(workspaceId: string, { entityType, entityId }: TaggedObject): string {
  return `${workspaceId} ${entityType} ${entityId}`;
}
