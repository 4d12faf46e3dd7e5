import { dirname } from 'node:path';
import type { AppendFile, Files } from '../src/files.ts';

interface Inode {
  text: string;
  /** What is left of the text after a loss of power. */
  durable: string;
}

/** What the machine keeps: all of it (only the process died), names but not unsynced data, or synced things only. */
export type Loss = 'process' | 'data' | 'power';

export interface CrashPoint {
  /** Number of the operation, from 1. */
  readonly at: number;
  readonly when: 'before' | 'torn' | 'after';
}

export class Crash extends Error {}

export interface Process {
  readonly files: Files;
  /** Names of the operations so far. */
  readonly operations: readonly string[];
  isDead(): boolean;
}

export interface MemoryDisk {
  /** One process on this disk; after its crash nothing it does reaches the disk. */
  process(crash?: CrashPoint): Process;
  lose(loss: Loss): void;
  text(path: string): string | undefined;
  put(path: string, text: string): void;
  names(): readonly string[];
}

/** Knows which names and bytes have been synced. Directories always exist. */
export function createMemoryDisk(): MemoryDisk {
  let names = new Map<string, Inode>();
  const durableNames = new Map<string, Inode>();

  function syncNames(directory: string): void {
    for (const path of new Set([...names.keys(), ...durableNames.keys()])) {
      if (dirname(path) !== directory) continue;
      const inode = names.get(path);
      if (inode === undefined) durableNames.delete(path);
      else durableNames.set(path, inode);
    }
  }

  function startProcess(crash: CrashPoint | undefined): Process {
    const operations: string[] = [];
    let dead = false;
    const step = async <T>(name: string, work: (part: 'half' | 'whole') => T): Promise<T> => {
      await Promise.resolve();
      if (dead) throw new Crash('the process is dead');
      operations.push(name);
      if (crash?.at !== operations.length) return work('whole');
      dead = true;
      if (crash.when === 'after') work('whole');
      if (crash.when === 'torn') work('half');
      throw new Crash(`crashed ${crash.when} ${name}`);
    };
    return { files: filesOn(step), operations, isDead: () => dead };
  }

  type Step = <T>(name: string, work: (part: 'half' | 'whole') => T) => Promise<T>;

  function filesOn(step: Step): Files {
    const cut = (text: string, part: 'half' | 'whole'): string =>
      part === 'whole' ? text : text.slice(0, Math.floor(text.length / 2));
    const write = (path: string, text: string): void => {
      const inode = names.get(path) ?? { text, durable: text };
      Object.assign(inode, { text, durable: text });
      names.set(path, inode);
    };
    return {
      read: (path) => step('read', () => names.get(path)?.text),
      list: (directory) =>
        step('list', () =>
          [...names.keys()]
            .filter((path) => dirname(path) === directory)
            .map((path) => path.slice(directory.length + 1)),
        ),
      write: (path, text) => step('write', (part) => write(path, cut(text, part))),
      writeNew: (path, text) =>
        step('writeNew', (part) => {
          if (names.has(path)) return 'exists';
          write(path, cut(text, part));
          return 'made';
        }),
      link: (from, to) =>
        step('link', () => {
          const inode = names.get(from);
          if (inode === undefined) return 'gone';
          if (names.has(to)) return 'exists';
          names.set(to, inode);
          return 'made';
        }),
      rename: (from, to) =>
        step('rename', () => {
          const inode = names.get(from);
          if (inode === undefined) throw new Error(`${from} is not there`);
          names.delete(from);
          names.set(to, inode);
        }),
      remove: (path) => step('remove', () => void names.delete(path)),
      makeDirectory: () => step('makeDirectory', () => undefined),
      syncDirectory: (path) => step('syncDirectory', () => syncNames(path)),
      openAppend: (path, mode) =>
        step('openAppend', () => {
          if (mode === 'new' && names.has(path)) throw new Error(`${path} exists`);
          const inode = names.get(path) ?? { text: '', durable: '' };
          names.set(path, inode);
          return appendTo(inode, step);
        }),
    };

    function appendTo(inode: Inode, count: Step): AppendFile {
      return {
        append: (text) => count('append', (part) => void (inode.text += cut(text, part))),
        datasync: () => count('datasync', () => void (inode.durable = inode.text)),
        close: () => count('close', () => undefined),
      };
    }
  }

  return {
    process: startProcess,
    lose: (loss) => {
      if (loss === 'power') names = new Map(durableNames);
      for (const inode of loss === 'process' ? [] : names.values()) inode.text = inode.durable;
      for (const [path, inode] of names) durableNames.set(path, inode);
      for (const path of durableNames.keys()) if (!names.has(path)) durableNames.delete(path);
      for (const inode of names.values()) inode.durable = inode.text;
    },
    text: (path) => names.get(path)?.text,
    put: (path, text) => {
      const inode = { text, durable: text };
      names.set(path, inode);
      durableNames.set(path, inode);
    },
    names: () => [...names.keys()].toSorted(),
  };
}
