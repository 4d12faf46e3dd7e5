import { DpoError, isDpoError, type Problem } from '@dpo/core';
import { pathText, problemsOf, type Finding, type Path } from '../finding.ts';
import { nothingIncluded } from '../include/read-included.ts';
import { readFiles } from '../include/read-files.ts';
import { loadConfig } from '../load-config.ts';
import { spotAt, type Located } from '../located.ts';
import { positionIn, startOfFile, type Sources } from '../source.ts';

export interface ReadFile {
  readonly sources: Sources;
  readonly root: Located;
}

/**
 * Loads what was made of a file. What is still wrong with it is wrong with the file itself: thrown as one `DpoError` that
 * points there. Keys that this version does not act on are no faults.
 */
export function refuseFaults(original: ReadFile, made: { readonly file: string; readonly text: string }): void {
  const errors = errorsIn(made);
  if (errors.length === 0) return;
  const { root, sources } = readFiles(made, nothingIncluded);
  const paths = new Map(pathsIn(root, []).map((path) => [pathText(path), path]));
  const findings = errors.map((problem): Finding => {
    const { code, severity, message, hint, place } = problem;
    const path = (place !== undefined && 'path' in place ? paths.get(place.path ?? '') : undefined) ?? [];
    const spot = spotAt(original.root, path);
    const atKey = path.length > 0 && startsAtKey(problem, { sources, root }, path);
    const range = path.length === 0 ? startOfFile : atKey ? spot.key : spot.node.range;
    return { code, severity, message, hint, range, path };
  });
  throw new DpoError(problemsOf(original.sources, findings));
}

function errorsIn({ file, text }: { readonly file: string; readonly text: string }): readonly Problem[] {
  try {
    // The Python tool knows no exemptions, so that the day does not matter.
    loadConfig({ file, text, environment: {}, today: '1970-01-01', offline: true });
    return [];
  } catch (error) {
    if (!isDpoError(error)) throw error;
    return error.problems.filter(({ severity }) => severity === 'error');
  }
}

function pathsIn({ entries, items }: Located, path: Path): readonly Path[] {
  const inner = [
    ...[...(entries ?? [])].map(([name, entry]) => [name, entry.node] as const),
    ...(items ?? []).map((item, index) => [index, item] as const),
  ];
  return inner.flatMap(([step, node]) => [[...path, step], ...pathsIn(node, [...path, step])]);
}

function startsAtKey({ place }: Problem, { sources, root }: ReadFile, path: Path): boolean {
  if (place === undefined || !('start' in place)) return false;
  const key = positionIn(sources[0], spotAt(root, path).key[0]);
  return key.line === place.start.line && key.column === place.start.column;
}
