import { parseDocument, type Document } from 'yaml';
import { DpoError, type Problem } from '@dpo/core';
import { problemsOf, type Path } from '../finding.ts';
import { nothingIncluded } from '../include/read-included.ts';
import { readFiles } from '../include/read-files.ts';
import { entriesAt } from '../located.ts';
import { checkSchema } from '../schema/check-schema.ts';
import type { Change } from './change.ts';
import { createEditor } from './edit.ts';
import { refuseFaults, type ReadFile } from './faults.ts';
import { otherMeanings } from './meanings.ts';
import { otherCatalogs } from './other-catalogs.ts';
import { adoptions, projectName, pythonDefaults } from './python-defaults.ts';
import { unknownKeys } from './unknown-keys.ts';
import { writtenValues } from './written-values.ts';

export interface ConversionRequest {
  /** Path of the file of the Python tool, as problems and the new file name it. */
  readonly file: string;
  readonly text: string;
  /** The `project` of the new file. */
  readonly project: string;
}

export interface Conversion {
  /** Of `dpo.yaml`, without the line that names its schema. */
  readonly text: string;
  /** Entries of `monitored_tables`. */
  readonly tables: number;
  /** What is not in the new file or acts differently there, with its place in the old one. */
  readonly notCarried: readonly Problem[];
}

/**
 * A config of the Python DPO as one of dpo that does the same, comments kept. Touches no file. Throws one `DpoError` with
 * every fault of the file, as `validate` does; keys of the language that this version does not act on are carried over.
 */
export function convertConfig({ file, text, project }: ConversionRequest): Conversion {
  const original = read(file, text);
  const { sources, root } = original;
  const [source] = sources;
  const asIs = checkSchema(sources, root);
  const unknown = asIs.filter(({ code }) => code === 'CONFIG.UNKNOWN_KEY');
  const changes: readonly Change[] = [
    writtenValues(source, root),
    unknownKeys(root, unknown),
    otherCatalogs(root),
    pythonDefaults(root),
    projectName(root, project),
  ];
  const document = parseDocument(source.text.replaceAll('\r\n', '\n'), {
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
  });
  const edit = createEditor(document);
  const apply = (change: Change): void => change.edits.forEach((one) => edit(one));
  changes.forEach(apply);
  // Of the tables that are left.
  const kept = read(file, textOf(document)).root;
  apply(adoptions(kept));
  const result = `# Converted from ${file}, a config of the Python DPO.\n\n${textOf(document)}`;
  const tables = entriesAt(kept, 'monitored_tables').size;
  refuseFaults(original, { file, text: result });
  const gone = changes.flatMap(({ edits }) => edits.filter(({ action }) => action === 'remove'));
  const findings = [...changes.flatMap((change) => change.findings), ...otherMeanings(root)].filter(
    ({ path }) => !gone.some((one) => one.path.length < path.length && startsWith(path, one.path)),
  );
  return { text: result, tables, notCarried: problemsOf(sources, findings) };
}

function read(file: string, text: string): ReadFile {
  const { sources, root, findings } = readFiles({ file, text }, nothingIncluded);
  if (findings.some(({ severity }) => severity === 'error')) throw new DpoError(problemsOf(sources, findings));
  return { sources, root };
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}

const modeline = /^.*yaml-language-server:.*(?:\n|$)/gm;

function textOf(document: Document): string {
  const { contents } = document;
  for (const node of [document, contents]) {
    if (node?.commentBefore != null) node.commentBefore = node.commentBefore.replaceAll(modeline, '').trimEnd() || null;
  }
  // The library knows one way for maps and lists: { a: 1 } and [ a ], or {a: 1} and [a].
  return document.toString({ lineWidth: 0, directives: false, flowCollectionPadding: false });
}
