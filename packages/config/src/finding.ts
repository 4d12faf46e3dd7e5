import { compareText, type Problem, type Severity } from '@dpo/core';
import { placeAt, snippetAt, sourceAt, startOfFile, type Range, type Sources } from './source.ts';

export type Path = readonly (string | number)[];

/** A problem whose place is still a range of offsets: cheap to make, to sort and to throw away. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly range: Range;
  readonly path: Path;
}

/** Most problems of one severity that a file yields; what is left out is counted in a last one. */
export const mostProblems = 1000;

/** The code of a count of problems that are not shown. */
export const more = 'CONFIG.MORE';

/** `monitored_tables.prod.ml.churn.slicing_exprs[2]`. */
export function pathText(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

const severities: readonly Severity[] = ['error', 'warning', 'note'];

/** Sorted by place, each once. */
export function problemsOf(sources: Sources, findings: readonly Finding[]): readonly Problem[] {
  const once = [...new Map(findings.map((finding) => [identity(finding), finding])).values()].toSorted(byPlace);
  return severities
    .flatMap((severity) => firstOf(once, severity))
    .toSorted(byPlace)
    .map((finding) => problemOf(sources, finding));
}

function firstOf(findings: readonly Finding[], severity: Severity): readonly Finding[] {
  const ours = findings.filter((finding) => finding.severity === severity);
  const all = ours.filter((finding) => finding.code !== more);
  const last = all[mostProblems];
  if (last === undefined) return ours;
  const message = `${all.length - mostProblems} more like these are not shown`;
  const counted = ours.filter((finding) => finding.code === more);
  return [...all.slice(0, mostProblems), ...counted, { ...last, code: more, message, hint: undefined }];
}

function problemOf(sources: Sources, finding: Finding): Problem {
  const { code, severity, message, hint, range, path } = finding;
  const place = placeAt(sources, range, pathText(path));
  const source = sourceAt(sources, range[0]);
  const snippet = 'start' in place && source.text !== '' ? snippetAt(source, place.start.line) : undefined;
  return { code, severity, message, ...(hint !== undefined && { hint }), place, ...(snippet && { snippet }) };
}

function identity({ code, range, message }: Finding): string {
  return `${range[0]} ${code} ${message}`;
}

function byPlace(a: Finding, b: Finding): number {
  return a.range[0] - b.range[0] || compareText(a.code, b.code) || compareText(a.message, b.message);
}

/** An error about the file as a whole. */
export function atStart(code: string, message: string, hint?: string): Finding {
  return { code, severity: 'error', message, hint, range: startOfFile, path: [] };
}
