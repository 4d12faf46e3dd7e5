import { dirname } from 'node:path';
import type { AppendFile, Files } from '@dpo/state';
import { Died, type Life } from './life.ts';

/** Where on its way through the disk a run dies; operations are counted from 1. */
export interface DiskDeath {
  readonly operation: number;
  readonly phase: 'before' | 'half' | 'after';
}

/** Files of a state folder that outlive the runs that write them. */
export interface MemoryDisk {
  /** Paths with their texts. */
  readonly texts: ReadonlyMap<string, string>;
  /** The disk as one run sees it. */
  mount(life: Life, death?: DiskDeath): Files & { readonly operations: () => number };
  replace(texts: ReadonlyMap<string, string>): void;
}

export function createMemoryDisk(): MemoryDisk {
  const texts = new Map<string, string>();
  return {
    texts,
    mount: (life, death) => mount(texts, life, death),
    replace: (next) => {
      texts.clear();
      for (const [path, text] of next) texts.set(path, text);
    },
  };
}

function mount(
  texts: Map<string, string>,
  life: Life,
  death: DiskDeath | undefined,
): Files & { readonly operations: () => number } {
  let operations = 0;
  const step = async <T>(run: () => T, half?: () => void): Promise<T> => {
    if (life.isDead()) throw new Died();
    operations += 1;
    const phase = death?.operation === operations ? death.phase : undefined;
    if (phase === undefined) return run();
    if (phase === 'half') half?.();
    if (phase === 'after') run();
    life.die();
    throw new Died();
  };
  const put = (path: string, text: string): void => void texts.set(path, text);
  const write = (path: string, text: string): Promise<void> =>
    step(
      () => put(path, text),
      () => put(path, halfOf(text)),
    );
  return {
    operations: () => operations,
    read: (path) => step(() => texts.get(path)),
    list: (directory) =>
      step(() =>
        [...texts.keys()].filter((path) => dirname(path) === directory).map((path) => path.slice(directory.length + 1)),
      ),
    write,
    writeNew: async (path, text) => {
      if (texts.has(path)) return step(() => 'exists' as const);
      await write(path, text);
      return 'made';
    },
    link: (from, to) => step(() => link(texts, from, to)),
    rename: (from, to) =>
      step(() => {
        put(to, texts.get(from) ?? '');
        texts.delete(from);
      }),
    remove: (path) => step(() => void texts.delete(path)),
    makeDirectory: () => step(() => {}),
    syncDirectory: () => step(() => {}),
    openAppend: (path, mode) => step(() => openAppend({ texts, step }, path, mode)),
  };
}

interface Parts {
  readonly texts: Map<string, string>;
  readonly step: <T>(run: () => T, half?: () => void) => Promise<T>;
}

function openAppend({ texts, step }: Parts, path: string, mode: 'new' | 'any'): AppendFile {
  if (mode === 'new' && texts.has(path)) throw Object.assign(new Error(`EEXIST: ${path}`), { code: 'EEXIST' });
  const add = (text: string): void => void texts.set(path, (texts.get(path) ?? '') + text);
  add('');
  return {
    append: (text) =>
      step(
        () => add(text),
        () => add(halfOf(text)),
      ),
    datasync: () => step(() => {}),
    close: () => step(() => {}),
  };
}

function link(texts: Map<string, string>, from: string, to: string): 'made' | 'exists' | 'gone' {
  const text = texts.get(from);
  if (text === undefined) return 'gone';
  if (texts.has(to)) return 'exists';
  texts.set(to, text);
  return 'made';
}

function halfOf(text: string): string {
  return text.slice(0, text.length / 2);
}
