import type { Privilege } from '../../src/access/privilege.ts';
import type { SecurableType } from '../../src/access/securable.ts';
import type { LocalWorkspaceOptions } from '../../src/index.ts';
import { withCalls } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

/** Users beside the one that starts the workspace. */
export const others: NonNullable<LocalWorkspaceOptions['principals']> = [
  { userName: 'bo@x.com', token: 'bo-token', groups: ['users', 'analysts'] },
  { userName: 'cy@x.com', token: 'cy-token' },
];

/** The same workspace for the bearer of another token. */
export function as(workspace: TestWorkspace, token: string): TestWorkspace {
  return withCalls({ ...workspace, token });
}

export async function grant(
  owner: TestWorkspace,
  given: { readonly type: SecurableType; readonly name: string; readonly privilege: Privilege; readonly to: string },
): Promise<void> {
  await owner.grant({ type: given.type, name: given.name }, given.to, given.privilege);
}
