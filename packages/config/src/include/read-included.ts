import { dirname, join, normalize } from 'node:path';
import { isDpoError } from '@dpo/core';
import type { Finding, Path } from '../finding.ts';
import { entriesAt, type Located } from '../located.ts';
import { sourceOf } from '../source.ts';
import { shorten } from '../words.ts';
import { locate } from '../yaml/locate.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';

export interface ConfigText {
  /** Path of the file, as problems name it. */
  readonly file: string;
  readonly text: string;
}

/** The files below a folder that a config may include. */
export interface IncludeFiles {
  /** The text of a file; rejects with a `DpoError` that says why there is none. */
  read(path: string): Promise<string>;
  /** Files that match a glob, relative to the folder. */
  find(glob: string, folder: string): Promise<readonly string[]>;
}

/** What a root config includes, in the order in which it is merged, and what is wrong with naming it. */
export interface Included {
  readonly files: readonly ConfigText[];
  readonly findings: readonly Finding[];
}

export const mostFiles = 1000;
export const nothingIncluded: Included = { files: [], findings: [] };

/**
 * Reads the files that a root config names under `include`, each once: in the order of the list, those of one glob in the
 * order of their names. What cannot be read is a finding; faults of the root itself are left to `loadConfig`.
 */
export async function readIncluded(root: ConfigText, files: IncludeFiles): Promise<Included> {
  // Most configs are one file, which need not be parsed twice to know that.
  if (!/\binclude\b/.test(root.text)) return nothingIncluded;
  const source = sourceOf(root.file, root.text);
  const parsed = parseYaml(source);
  if (parsed.status === 'failed') return nothingIncluded;
  const folder = dirname(root.file);
  const met = new Set([normalize(root.file)]);
  const read: ConfigText[] = [];
  const findings: Finding[] = [];
  for (const item of itemsOf(locate(source, parsed.contents).root)) {
    // One after the other: the order of the files is part of their meaning.
    // oxlint-disable-next-line no-await-in-loop
    const names = await namesOf(item, folder, files);
    if ('code' in names) findings.push(names);
    else {
      const fresh = names.map((name) => join(folder, name)).filter((file) => !met.has(file));
      for (const file of fresh) met.add(file);
      if (met.size > mostFiles) return { files: read, findings: [...findings, tooMany(item)] };
      // oxlint-disable-next-line no-await-in-loop
      const texts = await Promise.all(fresh.map((file) => readOne(file, item, files)));
      for (const text of texts) {
        if ('code' in text) findings.push(text);
        else read.push(text);
      }
    }
  }
  return { files: read, findings };
}

interface Item {
  readonly name: string;
  readonly at: Pick<Finding, 'range' | 'path'>;
}

/** Values of another type are faults of the schema. */
function itemsOf(root: Located): readonly Item[] {
  const node = entriesAt(root).get('include')?.node;
  if (node === undefined) return [];
  const nodes = node.items ?? [node];
  return nodes.flatMap(({ value, range }, index) => {
    const path: Path = node.items === undefined ? ['include'] : ['include', index];
    return typeof value === 'string' && value !== '' ? [{ name: value, at: { range, path } }] : [];
  });
}

async function namesOf({ name, at }: Item, folder: string, files: IncludeFiles): Promise<readonly string[] | Finding> {
  if (name.includes('${')) {
    const message = `'${shorten(name)}' holds a reference: which files belong to a config does not depend on its values`;
    return { ...at, code: 'CONFIG.REFERENCE', severity: 'error', message, hint: 'write the name of the file' };
  }
  if (!/[*?[\]{}!()]/.test(name)) return [name];
  const found = await files.find(name, folder);
  if (found.length > 0) return found.toSorted();
  const message = `no file matches '${shorten(name)}'`;
  const hint = 'globs start at the folder of the root config';
  return { ...at, code: 'CONFIG.NO_FILE', severity: 'warning', message, hint };
}

async function readOne(file: string, { at }: Item, files: IncludeFiles): Promise<ConfigText | Finding> {
  try {
    return { file, text: await files.read(file) };
  } catch (error) {
    const problem = isDpoError(error) ? error.problems[0] : undefined;
    if (problem === undefined) throw error;
    const { code, severity, message } = problem;
    return { ...at, code, severity, message, hint: 'names start at the folder of the root config' };
  }
}

function tooMany({ at }: Item): Finding {
  const message = `the config includes more than ${mostFiles} files`;
  return { ...at, code: 'CONFIG.TOO_LARGE', severity: 'error', message, hint: 'put several tables into one file' };
}
