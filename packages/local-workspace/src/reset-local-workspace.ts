import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { identityId } from './identity.ts';
import { findLocalWorkspace } from './server-file.ts';
import { quoteIdentifier, quoteLiteral } from './sql/quote.ts';
import { openStorage } from './storage/open-storage.ts';
import { WorkspaceInUseError } from './storage/workspace-in-use-error.ts';

/**
 * Removes all data and resources of a directory and keeps the ids of workspace and metastore, so that a state that
 * belongs to this workspace still does. Throws `WorkspaceInUseError` while the workspace runs.
 */
export async function resetLocalWorkspace(directory: string): Promise<void> {
  const file = join(directory, 'workspace.duckdb');
  if (!existsSync(file)) return;
  if ((await findLocalWorkspace(directory)) !== undefined) throw new WorkspaceInUseError(directory);
  const storage = await openStorage(file);
  try {
    await storage.transaction(async ({ connection }) => {
      const reader = await connection.runAndReadAll(
        `SELECT schema_name FROM duckdb_schemas() WHERE database_name = current_database() AND NOT internal AND schema_name <> '__dpo'`,
      );
      for (const [schema] of reader.getRows()) {
        await connection.run(`DROP SCHEMA ${quoteIdentifier(String(schema))} CASCADE`);
      }
      await connection.run('DELETE FROM "__dpo".blobs');
      await connection.run(
        `DELETE FROM "__dpo".documents WHERE NOT (kind = 'workspace' AND id = ${quoteLiteral(identityId)})`,
      );
    });
  } finally {
    await storage.close();
  }
}
