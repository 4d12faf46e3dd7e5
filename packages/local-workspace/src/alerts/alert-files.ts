import type { Transaction } from '../storage/storage.ts';
import type { WorkspaceObject } from '../workspace-files/workspace-object.ts';
import { childPath } from '../workspace-files/workspace-path.ts';
import type { TreeSource } from '../workspace-files/workspace-tree.ts';
import type { Alert } from './alert.ts';
import type { AlertConfig } from './alert-config.ts';

/** A file of the workspace tree; the path has no prefix /Workspace. */
export interface AlertFile {
  readonly workspaceId: string;
  readonly path: string;
  /** Id of the alert, by which the tree knows it too. */
  readonly resourceId: string;
}

/** What alerts need of the workspace tree: an alert shows there as a file beside notebooks and dashboards. */
export interface AlertFiles {
  folder(workspaceId: string, path: string): WorkspaceObject | undefined;
  /** Whether something stands where the file would. */
  isTaken(source: TreeSource, file: Omit<AlertFile, 'resourceId'>): boolean;
  /** Makes the file or replaces its content. */
  write(transaction: Transaction, file: AlertFile, content: string): Promise<void>;
  move(transaction: Transaction, file: AlertFile, to: string): Promise<void>;
  remove(transaction: Transaction, file: AlertFile): Promise<void>;
}

export const alertSuffix = '.dbalert.json';

export function alertFile({ id, workspaceId, folder, config }: Alert): AlertFile {
  return { workspaceId, path: alertPath(folder, config.display_name), resourceId: id };
}

export function alertPath(folder: string, name: string): string {
  return childPath(folder, `${name}${alertSuffix}`);
}

/**
 * Content of `<name>.dbalert.json` as databricks/cli acceptance `generate/alert` recorded it: a source before the operator,
 * numbers with a decimal point, a notification block even when empty, texts as lines.
 */
export function alertFileText({ evaluation, schedule, ...config }: AlertConfig): string {
  const { source, comparison_operator: operator, threshold, notification = {}, empty_result_state: empty } = evaluation;
  const content = {
    ...(config.custom_summary === undefined ? {} : { custom_summary: config.custom_summary }),
    evaluation: {
      source,
      comparison_operator: operator,
      ...(threshold === undefined ? {} : { threshold }),
      ...(empty === undefined ? {} : { empty_result_state: empty }),
      notification,
    },
    schedule,
    query_lines: linesOf(config.query_text),
    ...(config.custom_description === undefined
      ? {}
      : { custom_description_lines: linesOf(config.custom_description) }),
  };
  const text = JSON.stringify(content, undefined, 2);
  return `${text.replace(/^( *"double_value": -?\d+)(,?)$/m, '$1.0$2')}\n`;
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n');
}
