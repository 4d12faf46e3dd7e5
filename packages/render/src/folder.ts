import { span, type Line } from './line.ts';
import { paint } from './paint.ts';
import { wrap } from './rows.ts';
import type { Style } from './style.ts';
import { countOf, countText } from './words.ts';

/** A folder that is no longer needed. */
export interface FolderText {
  readonly path: string;
  /** What is in it; empty for one that was deleted. */
  readonly left: readonly string[];
  /** Why more is not known. */
  readonly because?: string | undefined;
}

const fewNames = 3;

/** What became of the folder that everything was in. */
export function renderFolder(folder: FolderText, style: Style): string {
  return paint(linesOf(folder, style), style);
}

function linesOf({ path, left, because }: FolderText, style: Style): readonly Line[] {
  if (left.length === 0) return wrap(span(`Folder ${path} is empty and deleted.`), [], style);
  const names = left.slice(0, style.full === true ? left.length : fewNames).map((name) => name.slice(path.length + 1));
  const rest = left.length - names.length;
  const more = rest === 0 ? '' : ` and ${countText(rest)} more`;
  const why = because === undefined ? '' : `; not all of it could be read or deleted (${because})`;
  const inside = names.every((name) => name === '') ? '' : `: ${names.filter((name) => name !== '').join(', ')}${more}`;
  return wrap(
    span(`Folder ${path} stays, with ${countOf(left.length, 'object')} in it${inside}${why}.`, 'warn'),
    [],
    style,
  );
}
