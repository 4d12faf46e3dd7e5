import { invalidParameter } from '../api/api-error.ts';

/** A place in a volume, as a path of the Files API names it. */
export interface VolumePath {
  /** `catalog.schema.volume` in lower case. */
  readonly volume: string;
  /** Below the volume, without a slash at either end; `''` is the volume itself. Case counts. */
  readonly path: string;
}

/** Neither limit is published; these are those of common file systems and of object stores. */
const longestName = 255;
const longestPath = 1024;

/**
 * Reads what follows `/Volumes/`, percent-decoded. Nothing that could mean another place than it says is accepted: the
 * object stores behind volumes know neither `.` nor `..`, nor empty names.
 */
export function readVolumePath(decoded: string): VolumePath {
  const parts = decoded.split('/');
  const fault = parts.map(nameFault).find((found) => found !== undefined);
  if (fault !== undefined) throw invalidParameter(`path: ${printable(decoded)} ${fault}`);
  if (parts.length < 3) throw invalidParameter(`path: ${printable(decoded)} is not in a volume`);
  if (Buffer.byteLength(decoded) > longestPath) {
    throw invalidParameter(`path: ${printable(decoded)} is longer than ${longestPath} bytes`);
  }
  const [catalog = '', schema = '', name = '', ...below] = parts;
  const dotted = [catalog, schema, name].find((part) => part.includes('.'));
  if (dotted !== undefined) throw invalidParameter(`path: ${printable(dotted)} is not the name of a volume`);
  return { volume: `${catalog}.${schema}.${name}`.toLowerCase(), path: below.join('/') };
}

/** As `readVolumePath`; directories may be written with one slash at the end. */
export function readDirectoryPath(decoded: string): VolumePath {
  return readVolumePath(decoded.endsWith('/') ? decoded.slice(0, -1) : decoded);
}

function nameFault(name: string): string | undefined {
  if (name === '') return 'contains an empty name';
  if (name === '.' || name === '..') return `contains the relative name '${name}'`;
  if (/[\p{Cc}\p{Cs}]/u.test(name)) return 'contains a control character';
  if (Buffer.byteLength(name) > longestName) return `contains a name of more than ${longestName} bytes`;
  return undefined;
}

function printable(path: string): string {
  return JSON.stringify(path.length > 80 ? `${path.slice(0, 80)}…` : path);
}
