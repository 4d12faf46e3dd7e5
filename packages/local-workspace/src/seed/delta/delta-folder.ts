import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of a Delta table that a table of the seed is read from, if it is one. */
export function deltaFolder(
  table: { readonly from?: string | undefined },
  resolve: (path: string) => string,
): string | undefined {
  if (table.from === undefined) return undefined;
  const folder = resolve(table.from);
  return existsSync(join(folder, '_delta_log')) ? folder : undefined;
}
