import type { Reply, TestWorkspace } from '../workspace-client.ts';

export const workspacePath = '/api/2.0/workspace';

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

export async function importText(
  workspace: TestWorkspace,
  path: string,
  options: { readonly text?: string; readonly [field: string]: unknown } = {},
): Promise<Reply> {
  const { text = 'hello', ...fields } = options;
  return workspace.call('POST', `${workspacePath}/import`, { path, content: base64(text), format: 'AUTO', ...fields });
}

export async function exportText(workspace: TestWorkspace, path: string, format = 'AUTO'): Promise<string> {
  const query = new URLSearchParams({ path, format });
  const { body } = await workspace.call('GET', `${workspacePath}/export?${String(query)}`);
  return Buffer.from(String(body['content']), 'base64').toString('utf8');
}

export async function status(workspace: TestWorkspace, path: string): Promise<Reply> {
  return workspace.call('GET', `${workspacePath}/get-status?${String(new URLSearchParams({ path }))}`);
}
