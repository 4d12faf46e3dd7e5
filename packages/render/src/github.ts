import type { Problem, Severity } from '@dpo/core';
import { placeText } from './place-text.ts';
import { visible } from './visible.ts';

export interface GithubOptions {
  /** Path of a file from the root of the repository. */
  readonly pathOf: (file: string) => string;
}

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/**
 * Problems as workflow commands, one a line, which GitHub shows beside the lines of the file; empty for none. Nothing
 * that a config says can end a command or start another one.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function renderGithub(problems: readonly Problem[], options: GithubOptions): string {
  return problems.map((problem) => `${commandOf(problem, options)}\n`).join('');
}

function commandOf({ code, severity, message, hint, place, address }: Problem, { pathOf }: GithubOptions): string {
  const properties: readonly (readonly [string, string | number])[] = [
    ...(place !== undefined && 'file' in place ? regionOf(place, pathOf) : []),
    ['title', code],
  ];
  const about = place !== undefined && !('file' in place) ? [placeText(place)] : [];
  const lines = [
    visible(message),
    ...[...about, ...(address === undefined ? [] : [address])].map(visible),
    ...(hint === undefined ? [] : [`hint: ${visible(hint)}`]),
  ];
  const named = properties.map(([name, value]) => `${name}=${propertyText(visible(String(value)))}`).join(',');
  return `::${commands[severity]} ${named}::${dataText(lines.join('\n'))}`;
}

type FilePlace = Extract<Problem['place'], { readonly file: string }>;

/** The runner drops columns of a place that ends on another line, with a remark in the log. */
function regionOf(
  { file, start, end }: FilePlace,
  pathOf: GithubOptions['pathOf'],
): readonly [string, string | number][] {
  const columns = end === undefined || end.line === start.line;
  return [
    ['file', pathOf(file)],
    ['line', start.line],
    ...(end === undefined ? [] : [['endLine', end.line] satisfies [string, number]]),
    ...(columns ? [['col', start.column] satisfies [string, number]] : []),
    ...(columns && end !== undefined ? [['endColumn', end.column] satisfies [string, number]] : []),
  ];
}

/** As the toolkit of GitHub escapes what stands behind the second `::`. */
function dataText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function propertyText(text: string): string {
  return dataText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
