import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { fail, type Problem } from '@dpo/core';

/** A file that lines of a log are added to, each written whole before the call returns. */
export interface LogFile {
  write(line: string): void;
  /** What kept lines from being written, if anything did; the run itself went on. */
  close(): Problem | undefined;
}

/** How every line starts; a file of something else is left as it is. */
const ours = '{"time":"';

/** Throws `LOG.NOT_WRITTEN`. A new file can be read by its owner only: logs name tables and people. */
export function openLogFile(path: string): LogFile {
  const file = open(path);
  let fault: unknown;
  return {
    write: (line) => {
      if (fault !== undefined) return;
      try {
        const bytes = Buffer.from(`${line}\n`);
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      } catch (error) {
        fault = error;
      }
    },
    close: () => {
      closeSync(file);
      if (fault === undefined) return undefined;
      return {
        code: 'LOG.CUT_SHORT',
        severity: 'warning',
        message: `log file '${path}' ends before the run did: ${fault instanceof Error ? fault.message : 'it cannot be written'}`,
        hint: 'make room where it is, or name another file; the run itself went on',
      };
    },
  };
}

function open(path: string): number {
  const hint = 'name a new file in a folder that exists: --log-file FILE';
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isFile() === true && !isLog(path)) {
      fail({
        code: 'LOG.NOT_WRITTEN',
        message: `'${path}' exists and holds no log of dpo, so nothing is added to it`,
        hint,
      });
    }
    return openSync(path, 'a', 0o600);
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('code' in error)) throw error;
    const message = `log file '${path}' cannot be written: ${String(error.code)}`;
    return fail({ code: 'LOG.NOT_WRITTEN', message, hint }, { cause: error });
  }
}

/** Also one that a killed run left with less than a line. */
function isLog(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(ours.length);
    return ours.startsWith(start.toString('utf8', 0, readSync(file, start, 0, ours.length, 0)));
  } finally {
    closeSync(file);
  }
}
