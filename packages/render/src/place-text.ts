import type { Place } from '@dpo/core';
import { commonPattern } from './name-pattern.ts';
import { countOf } from './words.ts';

/** `dpo.yaml:14:7`, `tag prod.ml.churn#monitor_group`, or `default`. */
export function placeText(place: Place): string {
  if ('file' in place) return `${place.file}:${place.start.line}:${place.start.column}`;
  return 'tag' in place ? `tag ${place.tag}` : 'default';
}

/** Where the same value of many resources comes from: one place, one tag on many tables, or the first and a count. */
export function placesText(places: readonly Place[]): string {
  const texts = [...new Set(places.map(placeText))];
  const [first = ''] = texts;
  if (texts.length <= 1) return first;
  return sameTag(places) ?? `${first} +${countOf(texts.length - 1, 'place')}`;
}

function sameTag(places: readonly Place[]): string | undefined {
  const tags = places.map((place) => ('tag' in place ? splitTag(place.tag) : undefined));
  const [first] = tags;
  if (first === undefined || tags.some((tag) => tag?.key !== first.key)) return undefined;
  return `tag ${commonPattern(tags.map((tag) => tag?.table ?? ''))}#${first.key}`;
}

function splitTag(tag: string): { readonly table: string; readonly key: string } {
  const at = tag.lastIndexOf('#');
  return at < 0 ? { table: tag, key: '' } : { table: tag.slice(0, at), key: tag.slice(at + 1) };
}
