import { closeSync, fstatSync, ftruncateSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { fail, type JsonObject, type Problem } from '@dpo/core';

/** Lines of JSON in a file, each written whole before the call returns: a crash loses none that was told. */
export interface EventFile {
  write(line: JsonObject): void;
  /** What kept the lines of a run from being written, if anything did; the run itself went on. */
  close(): Problem | undefined;
}

/** The start of every file of events; only such a file, or an empty one, is written over. */
const ours = '{"type":"version","seq":1,';

/** Throws `EVENTS.NOT_WRITTEN`. Readable by its owner only: events name tables and people. */
export function openEventFile(path: string): EventFile {
  const file = open(path);
  let length = 0;
  let fault: unknown;
  return {
    write: (line) => {
      if (fault !== undefined) return;
      const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
      try {
        writeAll(file, bytes);
        length += bytes.length;
      } catch (error) {
        fault = error;
        cutTo(file, length);
      }
    },
    close: () => {
      closeSync(file);
      return fault === undefined ? undefined : cutShort(path, fault);
    },
  };
}

function open(path: string): number {
  let file: number | undefined;
  try {
    file = openFor(path);
    if (fstatSync(file).isFile()) refuseForeign(file, path);
    return file;
  } catch (error) {
    if (file !== undefined) closeSync(file);
    if (typeof error === 'object' && error !== null && 'code' in error)
      return notWritten(`events file '${path}' cannot be written: ${String(error.code)}`, error);
    throw error;
  }
}

/** Not emptied before its content is known; a pipe can be written only. */
function openFor(path: string): number {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined) return openSync(path, 'wx+', 0o600);
  return openSync(path, there.isFile() ? 'r+' : 'w');
}

function refuseForeign(file: number, path: string): void {
  const start = Buffer.alloc(ours.length);
  const read = readSync(file, start, 0, ours.length, 0);
  // A run that was killed may have left less than that.
  if (!ours.startsWith(start.toString('utf8', 0, read)))
    notWritten(`'${path}' exists and holds no events of dpo, so it is not written over`);
  ftruncateSync(file, 0);
}

function notWritten(message: string, cause?: unknown): never {
  const hint = 'name a new file in a folder that exists: --events FILE';
  return fail({ code: 'EVENTS.NOT_WRITTEN', message, hint }, cause === undefined ? {} : { cause });
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

/** Half a line would make the whole file unreadable; what is no regular file keeps it. */
function cutTo(file: number, length: number): void {
  try {
    ftruncateSync(file, length);
  } catch {
    // Told by the fault itself.
  }
}

function cutShort(path: string, fault: unknown): Problem {
  const reason = String(fault).replace(/^Error: /u, '');
  return {
    code: 'EVENTS.CUT_SHORT',
    severity: 'warning',
    message: `events file '${path}' ends before the run did: ${reason}`,
    hint: 'the run itself went on; dpo state history shows what it did',
  };
}
