import { fail, isJsonObject, type Json, type Place } from '@dpo/core';
import { JsonSyntaxError, locate, parseJson, positionAt, type Path } from './located-json.ts';
import type { ShapeError } from './shape.ts';

/** A text and the file it came from. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

export function corruptState(source: Source, cause: JsonSyntaxError | ShapeError): never {
  const place = cause instanceof JsonSyntaxError ? placeAt(source, cause.offset) : placeOf(source, cause.path);
  const byte = cause instanceof JsonSyntaxError ? `, byte ${byteAt(source, cause.offset)}` : '';
  const what = source.text.trim() === '' ? `the file is empty${byte}` : `${cause.message}${byte}`;
  return fail(
    {
      code: 'STATE.CORRUPT',
      message: `the state ${source.file} is damaged: ${what}`,
      hint: `nothing was changed; look at ${source.file}.backup, the state before the last run, and restore it: cp ${source.file}.backup ${source.file}`,
      place,
    },
    { cause },
  );
}

export function foreignState({ file }: Source): never {
  return fail({
    code: 'STATE.FOREIGN',
    message: `${file} is not a state of dpo: it has no format dpo.state/1`,
    hint: 'move the file away, or name another place for the state with --state',
    place: { file, start: { line: 1, column: 1 } },
  });
}

export function newerState(source: Source, cause: ShapeError): never {
  const writer = writerOf(source.text);
  return fail(
    {
      code: 'STATE.NEWER',
      message: `${source.file} was written by ${writer}: ${cause.message}`,
      hint: `install ${writer} or later`,
      place: placeOf(source, cause.path),
    },
    { cause },
  );
}

/** An error of the operating system, as a problem. */
export function storageError(code: 'STATE.UNREADABLE' | 'STATE.UNWRITABLE', file: string, cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  const verb = code === 'STATE.UNREADABLE' ? 'read' : 'written';
  return fail(
    {
      code,
      message: `the state ${file} cannot be ${verb}: ${why}`,
      hint: 'check the permissions and the free space of its folder',
      place: { file, start: { line: 1, column: 1 } },
    },
    { cause },
  );
}

function placeOf(source: Source, path: Path): Place {
  return placeAt(source, locate(source.text, path));
}

function placeAt({ file, text }: Source, offset: number): Place {
  return { file, start: positionAt(text, offset) };
}

function byteAt({ text }: Source, offset: number): number {
  return Buffer.byteLength(text.slice(0, offset), 'utf8');
}

function writerOf(text: string): string {
  const writer = writerIn(parseJson(text));
  return writer === undefined ? 'a newer dpo' : `dpo ${writer}`;
}

/** The version of dpo that a document names. */
export function writerIn(document: Json): string | undefined {
  const writer = isJsonObject(document) ? document['writer'] : undefined;
  return typeof writer === 'string' ? writer : undefined;
}
