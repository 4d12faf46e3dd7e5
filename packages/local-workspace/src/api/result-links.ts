import type { StatementResult } from '../sql/statement-engine.ts';
import type { Ids } from '../unity/ids.ts';

export type LinkFormat = 'JSON_ARRAY' | 'CSV';

export interface ResultLink {
  readonly token: string;
  /** RFC 3339. */
  readonly expiration: string;
  readonly byteCount: number;
}

export interface LinkedChunk {
  readonly rows: StatementResult['rows'];
  readonly columns: StatementResult['columns'];
  readonly format: LinkFormat;
}

/** Presigned links to chunks of a result, as cloud storage would serve them: whoever has the link has the data. */
export interface ResultLinks {
  make(chunk: LinkedChunk): ResultLink;
  /** The content behind a token that has not expired. */
  open(token: string): { readonly content: Uint8Array; readonly format: LinkFormat } | undefined;
}

/** Links of the service are valid for at most 15 minutes. */
const lifetime = 15 * 60_000;

export function createResultLinks(options: { readonly ids: Ids; readonly now: () => number }): ResultLinks {
  const links = new Map<string, LinkedChunk & { readonly expiresAt: number }>();
  return {
    make(chunk) {
      for (const [token, { expiresAt }] of links) if (expiresAt <= options.now()) links.delete(token);
      const token = options.ids.hex() + options.ids.hex();
      const expiresAt = options.now() + lifetime;
      links.set(token, { ...chunk, expiresAt });
      return { token, expiration: new Date(expiresAt).toISOString(), byteCount: contentOf(chunk).length };
    },
    open(token) {
      const link = links.get(token);
      if (link === undefined || link.expiresAt <= options.now()) return undefined;
      return { content: contentOf(link), format: link.format };
    },
  };
}

function contentOf({ rows, columns, format }: LinkedChunk): Uint8Array {
  if (format === 'JSON_ARRAY') return Buffer.from(JSON.stringify(rows));
  const header = columns.map(({ name }) => name);
  return Buffer.from([header, ...rows].map((row) => `${row.map(csvCell).join(',')}\n`).join(''));
}

function csvCell(cell: string | null): string {
  if (cell === null) return '';
  return /[",\r\n]/.test(cell) || cell === '' ? `"${cell.replaceAll('"', '""')}"` : cell;
}
