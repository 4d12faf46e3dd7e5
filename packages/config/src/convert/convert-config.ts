import { parseDocument, type Document } from 'yaml';
import { DpoError, type Problem } from '@dpo/core';
import { checkIgnore } from '../checks/check-ignore.ts';
import { checkPresence } from '../checks/check-presence.ts';
import { checkTables } from '../checks/check-tables.ts';
import { problemsOf, type Finding } from '../finding.ts';
import { entriesAt, spotAt, type Located } from '../located.ts';
import { checkSchema } from '../schema/check-schema.ts';
import { sourceOf, type Source } from '../source.ts';
import { locate } from '../yaml/locate.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import type { Change } from './change.ts';
import { createEditor } from './edit.ts';
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
  const source = sourceOf(file, text);
  const root = read(source);
  const asIs = checkSchema(source, root);
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
  const kept = read(sourceOf(file, textOf(document)));
  apply(adoptions(kept));
  const result = `# Converted from ${file}, a config of the Python DPO.\n\n${textOf(document)}`;
  const tables = entriesAt(kept, 'monitored_tables').size;
  refuseFaults({ source, root }, result);
  const findings = [...changes.flatMap((change) => change.findings), ...otherMeanings(root)];
  return { text: result, tables, notCarried: problemsOf(source, findings) };
}

function read(source: Source): Located {
  const parsed = parseYaml(source);
  if (parsed.status === 'failed') throw new DpoError(problemsOf(source, parsed.findings));
  const { root, findings } = locate(source, parsed.contents);
  if (findings.some(({ severity }) => severity === 'error')) throw new DpoError(problemsOf(source, findings));
  if (root.entries === undefined) throw new DpoError(problemsOf(source, checkSchema(source, root)));
  return root;
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

interface Original {
  readonly source: Source;
  readonly root: Located;
}

/** What is still wrong in the new text is wrong in the old one, and is shown there. */
function refuseFaults({ source, root }: Original, text: string): void {
  const result = sourceOf(source.file, text);
  const converted = read(result);
  const findings = [
    ...checkSchema(result, converted),
    ...checkPresence(converted),
    ...checkTables(result, converted),
    ...checkIgnore(converted),
  ].filter(({ code, severity }) => severity === 'error' && code !== 'CONFIG.NOT_YET');
  if (findings.length === 0) return;
  throw new DpoError(
    problemsOf(
      source,
      findings.map((finding) => placed(root, converted, finding)),
    ),
  );
}

/** At the key or the value, as the check has it. */
function placed(root: Located, converted: Located, finding: Finding): Finding {
  const atKey = spotAt(converted, finding.path).key[0] === finding.range[0];
  const spot = spotAt(root, finding.path);
  return { ...finding, range: atKey ? spot.key : spot.node.range };
}
