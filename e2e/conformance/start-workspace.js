import { fileURLToPath } from 'node:url';
import { startLocalWorkspace } from '@dpo/local-workspace';

const user = 'conformance@example.com';
const clientId = 'c0ffee00-0000-4000-8000-000000000001';
const clientSecret = 'conformance-secret';

/** Token of a user who was granted nothing. */
const plainToken = 'conformance-plain-token';

/**
 * A served workspace for one client. Pages are short, so that every list takes several calls, and so are chunks;
 * `emptyPages` only for a client that reads on after an empty page.
 */
export async function startWorkspace({ emptyPages }) {
  const workspace = await startLocalWorkspace({
    directory: ':memory:',
    principal: user,
    principals: [
      { userName: 'plain@example.com', token: plainToken },
      { userName: clientId, kind: 'service_principal', clientSecret },
    ],
    tablePageSize: 2,
    chunkRows: 100,
    emptyPages,
  });
  await workspace.seed(fileURLToPath(new URL('workspace.yaml', import.meta.url)));
  const { url, token, workspaceId, metastoreId, warehouseId } = workspace;
  return {
    connection: {
      url,
      token,
      workspaceId,
      metastoreId,
      warehouseId,
      user,
      plainToken,
      clientId,
      clientSecret,
    },
    close: () => workspace.close(),
  };
}
