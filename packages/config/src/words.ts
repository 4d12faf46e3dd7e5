import { distance } from 'fastest-levenshtein';
import type { Json } from '@dpo/core';
import type { Path } from './finding.ts';

const longestText = 80;
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g;

/** A text of the file as it may stand in a sentence: not too long, and nothing that a terminal would obey. */
export function shorten(text: string): string {
  const short = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  return short.replaceAll(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A value as it may stand in a sentence; never the whole of a map or a list. */
export function describeValue(value: Json): string {
  if (value === null) return 'empty';
  if (typeof value === 'string') return value === '' ? 'an empty text' : `'${shorten(value)}'`;
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a map';
  return String(value);
}

/** What a path is called in a sentence: its last key, or the entry of a list. */
export function describePath(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  return typeof last === 'number' ? `entry ${last + 1} of ${describePath(path.slice(0, -1))}` : `'${shorten(last)}'`;
}

/** The candidate that was most likely meant: it starts with the text, or at most a third differs; blind to capitals. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const wanted = text.toLowerCase();
  let best: { readonly candidate: string; readonly apart: number } | undefined;
  for (const candidate of candidates) {
    const apart = distanceTo(wanted, candidate.toLowerCase());
    if (apart < (best?.apart ?? Number.POSITIVE_INFINITY)) best = { candidate, apart };
  }
  return best?.candidate;
}

function distanceTo(wanted: string, candidate: string): number {
  if (candidate.startsWith(`${wanted}_`)) return 1;
  const most = Math.max(1, Math.floor(candidate.length / 3));
  if (Math.abs(candidate.length - wanted.length) > most) return Number.POSITIVE_INFINITY;
  const apart = distance(wanted, candidate);
  return apart <= most ? apart : Number.POSITIVE_INFINITY;
}

export function didYouMean(text: string, candidates: readonly string[]): string | undefined {
  const candidate = nearest(text, candidates);
  return candidate === undefined ? undefined : `did you mean '${candidate}'?`;
}

export function listWords(words: readonly string[], last: 'and' | 'or'): string {
  const [end = '', ...rest] = words.toReversed();
  return rest.length === 0 ? end : `${rest.toReversed().join(', ')} ${last} ${end}`;
}
