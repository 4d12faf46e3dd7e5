import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LineCounter, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Pair } from 'yaml';
import { ShapeFault, pathText } from '../api/reader.ts';
import type { ValuePath } from '../api/reader.ts';
import { SeedError } from './seed-error.ts';
import { seedFile } from './seed-shape.ts';
import type { SeedFile } from './seed-shape.ts';

export interface Seed {
  readonly file: string;
  readonly content: SeedFile;
  /** Paths in the file are relative to it. */
  readonly resolve: (path: string) => string;
  readonly directory: string;
  /** An error that points at a value of the file. */
  readonly fault: (path: ValuePath, message: string, cause?: unknown) => SeedError;
}

/** Reads and checks a seed file; throws `SeedError` with file and line. */
export async function readSeed(file: string): Promise<Seed> {
  const lines = new LineCounter();
  const document = parseDocument(await readFile(file, 'utf8'), { lineCounter: lines });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  const [syntaxFault] = document.errors;
  if (syntaxFault !== undefined) {
    const [message = ''] = syntaxFault.message.split('\n');
    throw new SeedError({ file, line: lineAt(syntaxFault.pos[0]) }, message, syntaxFault);
  }
  const fault = (path: ValuePath, message: string, cause?: unknown): SeedError =>
    new SeedError({ file, line: lineAt(offsetOf(document, path)) }, message, cause);
  const directory = dirname(resolve(file));
  try {
    const content = seedFile(document.toJS(), { path: [] });
    return { file, content, directory, resolve: (path) => resolve(directory, path), fault };
  } catch (cause) {
    if (!(cause instanceof ShapeFault)) throw cause;
    throw fault(cause.path, `${pathText(cause.path)}: ${cause.message}`, cause);
  }
}

/** Where the deepest value of the path begins; a missing field is reported at the object that lacks it. */
function offsetOf(document: Document, path: ValuePath): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const part of path) {
    let next: unknown;
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find(
        ({ key }) => String(isScalar(key) ? key.value : key) === String(part),
      );
      if (pair !== undefined && isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      next = pair?.value;
    } else if (isSeq(node) && typeof part === 'number') {
      next = node.items[part];
      if (isNode(next)) offset = next.range?.[0] ?? offset;
    }
    node = next;
  }
  return offset;
}
