import { DpoError, fail, type Json, type Place } from '@dpo/core';
import { currentKinds } from './entry.ts';
import { isLater } from './is-later.ts';
import type { JournalHeader } from './journal-header.ts';
import { checksum, decodeRecord, type JournalRecord, type RecordContext } from './journal-record.ts';
import { parseJson } from './located-json.ts';
import { addRecord, type Operation, type Operations } from './operation.ts';
import { ShapeError, UnknownMember } from './shape.ts';
import type { DecodeOptions } from './snapshot.ts';
import { writerIn } from './state-problem.ts';

/** A run's journal, read back. */
export interface Journal {
  readonly header: JournalHeader;
  readonly operations: Operations;
  /** The run closed by itself. */
  readonly ended: boolean;
}

/**
 * Reads a journal. The last line is dropped if it has no end: the crash came while it was written, so nothing that it
 * announces was sent. Any other bad line throws `STATE.JOURNAL_CORRUPT` with its number, because lines after it may
 * hold the only trace of an object. A journal without a whole header announced nothing and is `undefined`.
 */
export function decodeJournal(text: string, options: DecodeOptions): Journal | undefined {
  const lines = text.split('\n');
  lines.pop();
  const operations = new Map<number, Operation>();
  const upgrades = options.upgrades ?? currentKinds;
  const context: RecordContext = { upgrades, addressOf: (n) => operations.get(n)?.start.address };
  let header: JournalHeader | undefined;
  let ended = false;
  for (const [index, line] of lines.entries()) {
    // The header names its writer itself.
    const writer = header?.writer ?? writerOf(line);
    const later = isLater(writer, options.version);
    atLine({ file: options.file, line: index + 1, writer, later }, () => {
      const record = decodeLine(line, context);
      if (ended) throw new RangeError('a record after the end');
      if (header === undefined) header = headerOf(record);
      else addRecord(operations, record);
      ended = record.type === 'end';
    });
  }
  return header === undefined ? undefined : { header, operations, ended };
}

function decodeLine(line: string, context: RecordContext): JournalRecord {
  const text = line.slice(9);
  if (line[8] !== ' ' || checksum(text) !== line.slice(0, 8))
    throw new RangeError('the checksum does not fit the record');
  const json: Json = parseJson(text);
  return decodeRecord(json, context);
}

function headerOf(record: JournalRecord): JournalHeader {
  if (record.type !== 'header') throw new RangeError('the first record is no header');
  return record.header;
}

function writerOf(line: string): string | undefined {
  try {
    return writerIn(parseJson(line.slice(9)));
  } catch {
    return undefined;
  }
}

interface LineOf {
  readonly file: string;
  readonly line: number;
  readonly writer: string | undefined;
  /** A later dpo than this one wrote it. */
  readonly later: boolean;
}

function atLine({ file, line, writer, later }: LineOf, work: () => void): void {
  const place: Place = { file, start: { line, column: 1 } };
  try {
    work();
  } catch (cause) {
    if (!(cause instanceof Error) || cause instanceof DpoError) throw cause;
    if (cause instanceof ShapeError && (cause.newer || (later && cause instanceof UnknownMember))) {
      const dpo = writer === undefined ? 'a newer dpo' : `dpo ${writer}`;
      fail(
        {
          code: 'STATE.NEWER',
          message: `line ${line} of ${file} was written by ${dpo}: ${cause.message}`,
          hint: 'run apply once more with the version of dpo that was interrupted, or a later one',
          place,
        },
        { cause },
      );
    }
    fail(
      {
        code: 'STATE.JOURNAL_CORRUPT',
        message: `line ${line} of the journal ${file} is damaged: ${cause.message}`,
        hint: `nothing was changed; the run it belongs to was interrupted. Repair line ${line} from a copy, or note which objects the other lines name, move ${file} away and check them after the next plan`,
        place,
      },
      { cause },
    );
  }
}
