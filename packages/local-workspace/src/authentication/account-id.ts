import { createHash } from 'node:crypto';

/** The account that the metastore belongs to: its id follows from that of the metastore. */
export function accountIdOf(metastoreId: string): string {
  const hex = createHash('sha256').update(`account of ${metastoreId}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
