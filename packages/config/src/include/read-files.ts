import { DpoError } from '@dpo/core';
import { problemsOf, type Finding } from '../finding.ts';
import type { Located } from '../located.ts';
import { checkSchema } from '../schema/check-schema.ts';
import { endOf, sourceOf, type Source, type Sources } from '../source.ts';
import { locate } from '../yaml/locate.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { mergeFiles } from './merge-files.ts';
import type { ConfigText, Included } from './read-included.ts';

export interface ReadConfig {
  readonly sources: Sources;
  /** All files as one map. */
  readonly root: Located;
  readonly findings: readonly Finding[];
}

/**
 * The texts of a config as one map that knows where each part of it is written. Throws a `DpoError` if one of
 * them cannot be read as such: its values would be missing everywhere, and the checks would only complain about that.
 */
export function readFiles(root: ConfigText, included: Included): ReadConfig {
  const sources = sourcesOf([root, ...included.files]);
  const read = sources.map((source) => readFile(source));
  const findings = [...included.findings, ...read.flatMap((file) => file.findings)];
  const roots = read.flatMap(({ root }) => (root === undefined ? [] : [root]));
  const broken = findings.some(({ code }) => code === 'CONFIG.SYNTAX' || code === 'CONFIG.TOO_LARGE');
  if (broken || roots.length < sources.length) throw new DpoError(problemsOf(sources, findings));
  const noMaps = roots.filter(({ entries }) => entries === undefined);
  if (noMaps.length > 0) {
    throw new DpoError(problemsOf(sources, [...findings, ...noMaps.flatMap((root) => checkSchema(sources, root))]));
  }
  const merged = mergeFiles(sources, roots);
  return { sources, root: merged.root, findings: [...findings, ...merged.findings] };
}

function sourcesOf([root, ...others]: readonly [ConfigText, ...ConfigText[]]): Sources {
  const sources: [Source, ...Source[]] = [sourceOf(root.file, root.text)];
  let last: Source = sources[0];
  for (const { file, text } of others) {
    last = sourceOf(file, text, endOf(last));
    sources.push(last);
  }
  return sources;
}

function readFile(source: Source): { readonly root?: Located; readonly findings: readonly Finding[] } {
  const parsed = parseYaml(source);
  return parsed.status === 'failed' ? { findings: parsed.findings } : locate(source, parsed.contents);
}
