import { ShapeFault, text } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';

/** A path as it was asked for and as the tree knows it: without the prefix /Workspace, the root is `/`. */
export interface AskedPath {
  readonly asked: string;
  readonly path: string;
}

/** Neither limit is published; these are those of common file systems. */
const longestName = 255;
const longestPath = 4096;

/** Reads an absolute path of the workspace tree. Nothing that could mean another place than it says is accepted. */
export const workspacePath: Reader<AskedPath> = (value, place) => {
  const asked = text(value, place);
  const fault = pathFault(asked);
  if (fault !== undefined) throw new ShapeFault(place.path, `${printable(asked)} ${fault}`);
  return { asked, path: canonicalPath(asked) };
};

/** As `workspacePath`, but only the path itself. */
export const plainPath: Reader<string> = (value, place) => workspacePath(value, place).path;

/** Readers of the name of an object that becomes a file, such as a display name. */
export const fileName: Reader<string> = (value, place) => {
  const name = text(value, place);
  if (name.trim() === '') throw new ShapeFault(place.path, 'must not be empty');
  if (name.includes('/')) throw new ShapeFault(place.path, `${printable(name)} contains '/'`);
  const fault = pathFault(`/${name}`);
  if (fault !== undefined) throw new ShapeFault(place.path, `${printable(name)} ${fault}`);
  return name;
};

/** `/Workspace/Shared/x/`, `//Shared/x` and `/Shared/x` are one folder; the service collapses slashes (databricks/cli `libs/testserver`). */
export function canonicalPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  return `/${(parts[0] === 'Workspace' ? parts.slice(1) : parts).join('/')}`;
}

export function parentPath(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function childPath(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

export function isBelow(path: string, folder: string): boolean {
  return path !== folder && path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

/** The folders above a path, nearest first. */
export function foldersAbove(path: string): readonly string[] {
  if (path === '/') return [];
  const parent = parentPath(path);
  return [parent, ...foldersAbove(parent)];
}

/** Answers repeat the prefix of the request. A doubled slash in front loses it (databricks/cli `libs/testserver`). */
export function isPrefixed(asked: string): boolean {
  return asked === '/Workspace' || asked.startsWith('/Workspace/');
}

export function prefixed(path: string): string {
  return path === '/' ? '/Workspace' : `/Workspace${path}`;
}

function pathFault(path: string): string | undefined {
  if (!path.startsWith('/')) return "does not start with '/'";
  if (path.length > longestPath) return `is longer than ${longestPath} characters`;
  if (/[\p{Cc}\p{Cs}]/u.test(path)) return 'contains a control character';
  for (const part of path.split('/')) {
    if (part === '.' || part === '..') return `contains the relative part '${part}'`;
    if (Buffer.byteLength(part) > longestName) return `contains a name of more than ${longestName} bytes`;
  }
  return undefined;
}

function printable(path: string): string {
  return JSON.stringify(path.length > 80 ? `${path.slice(0, 80)}…` : path);
}
