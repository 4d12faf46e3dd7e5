import assert from 'node:assert/strict';

export const checks = {
  'sums up the metastore': async ({ client, metastoreId }) => {
    const summary = await client.metastores.summary();
    assert.equal(summary.metastore_id, metastoreId);
    assert.ok(summary.global_metastore_id.endsWith(metastoreId));
  },

  'names the metastore of the workspace': async ({ client, metastoreId, workspaceId }) => {
    const current = await client.metastores.current();
    assert.equal(current.metastore_id, metastoreId);
    assert.equal(String(current.workspace_id), workspaceId);
  },
};
