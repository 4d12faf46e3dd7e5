import type { TagAssignment, TaggedEntity } from './objects.ts';
import type { Unity } from './unity.ts';

/** A tag as an entity has it: its own, or that of its schema or catalog, of which the nearest wins. */
export interface EffectiveTag extends TagAssignment {
  readonly inherited?: true;
}

/** Tags of an entity with those it inherits; a column inherits from its table too. */
export function effectiveTags(
  unity: Unity,
  entity: Pick<TagAssignment, 'entityType' | 'entityName'>,
): readonly EffectiveTag[] {
  const tags = new Map<string, EffectiveTag>();
  for (const place of placesOf(entity)) {
    const own = place.entityType === entity.entityType;
    for (const tag of unity.tags(place.entityType, place.entityName)) {
      if (!tags.has(tag.key)) tags.set(tag.key, own ? tag : { ...tag, ...entity, inherited: true });
    }
  }
  return [...tags.values()];
}

/** The entity and its parents, nearest first. */
function placesOf({
  entityType,
  entityName,
}: Pick<TagAssignment, 'entityType' | 'entityName'>): readonly Pick<TagAssignment, 'entityType' | 'entityName'>[] {
  const levels: readonly TaggedEntity[] = ['catalogs', 'schemas', 'tables', 'columns'];
  const parts = entityName.split('.');
  return levels
    .slice(0, levels.indexOf(entityType) + 1)
    .map((type, depth) => ({
      entityType: type,
      entityName: type === entityType ? entityName : parts.slice(0, depth + 1).join('.'),
    }))
    .toReversed();
}
