import type { NewProject } from './new-project.ts';

export interface StepsRequest {
  /** As it was named. */
  readonly directory: string;
  readonly converted: boolean;
  readonly local: boolean;
}

/** What was written, and what to do with it, for people. */
export function nextSteps({ written, tables, found, notCarried }: NewProject, request: StepsRequest): string {
  const width = Math.max(...written.map(({ path }) => path.length));
  const count = tables > 0 ? tables : found.length;
  const counted = `, ${String(count)} table${count === 1 ? '' : 's'}${tables > 0 ? '' : ' found by tag'}`;
  const files = written.map(
    ({ path, action }) => `${path.padEnd(width)}  ${action}${path === 'dpo.yaml' ? counted : ''}`,
  );
  const steps = [
    ...(request.directory === '.' ? [] : [[`cd ${request.directory}`, '']]),
    ['dpo validate', 'check the config, offline'],
    ['dpo plan --workspace local', 'try it on the embedded workspace, with tables loaded by: dpo local seed FILE'],
    ...(request.local ? [] : [['dpo plan', planWords(request)]]),
    ['dpo apply', 'make it so, after asking'],
  ];
  const column = Math.max(...steps.map(([command = '']) => command.length));
  const lines = steps.map(([command = '', what = '']) => `  ${command.padEnd(column)}  ${what}`.trimEnd());
  const listed = request.converted ? [carriedWords(notCarried)] : [];
  return [...files, ...listed, '', 'Next', ...lines].join('\n');
}

function carriedWords(notCarried: NewProject['notCarried']): string {
  const left = notCarried.filter(({ code }) => code === 'INIT.NOT_CARRIED').length;
  return `\n${String(left)} left out, ${String(notCarried.length - left)} written or acting differently: each is listed above with its line`;
}

function planWords({ converted }: StepsRequest): string {
  const what = converted ? 'see which monitors are taken over' : 'see what would be made';
  return `${what} in your workspace: DATABRICKS_HOST and DATABRICKS_TOKEN, or --profile`;
}
