import type { LinkFormat, ResultLinks } from './result-links.ts';
import type { Answer } from './route.ts';
import type { StatementView } from './statements.ts';

/** How chunks are cut and, for links, where they are served. */
export interface ChunkOptions {
  readonly chunkRows: number;
  readonly links: ResultLinks;
  /** `http://127.0.0.1:1234`, as the caller reached the server. */
  readonly origin: string;
}

/** The state of a statement and, when it succeeded, its manifest and first chunk. */
export function statementAnswer(view: StatementView, options: ChunkOptions): Answer {
  const { chunkRows } = options;
  const { fault, result } = view;
  const status = {
    state: view.state,
    ...(fault === undefined ? {} : { error: { error_code: fault.code, message: fault.message } }),
    ...(fault?.sqlState === undefined ? {} : { sql_state: fault.sqlState }),
  };
  if (result === undefined) return { statement_id: view.id, status };
  const count = Math.ceil(result.rows.length / chunkRows);
  const chunks = Array.from({ length: count }, (_, index) => chunkBounds(result.rows.length, { index, chunkRows }));
  const columns = result.columns.map((column, position) => ({
    name: column.name,
    position,
    type_name: column.typeName,
    type_text: column.typeText,
  }));
  return {
    statement_id: view.id,
    status,
    manifest: {
      format: formatOf(view),
      schema: { column_count: columns.length, columns },
      total_chunk_count: count,
      total_row_count: result.rows.length,
      truncated: view.truncated ?? false,
      ...(count === 0 ? {} : { chunks }),
    },
    // No rows: an empty object and no chunk (databricks/cli libs/testserver/statements.go).
    result: chunkAnswer(view, { ...options, index: 0 }) ?? {},
  };
}

type ChunkChoice = ChunkOptions & { readonly index: number };

/** One chunk with the way to the next, or `undefined` when the result has no such chunk. */
export function chunkAnswer(view: StatementView, choice: ChunkChoice): Answer | undefined {
  const rows = view.result?.rows ?? [];
  const bounds = chunkBounds(rows.length, choice);
  if (bounds.row_count <= 0) return undefined;
  const end = bounds.row_offset + bounds.row_count;
  const next = choice.index + 1;
  const following =
    end < rows.length
      ? {
          next_chunk_index: next,
          next_chunk_internal_link: `/api/2.0/sql/statements/${view.id}/result/chunks/${next}`,
        }
      : {};
  const chunk = rows.slice(bounds.row_offset, end);
  if (view.delivery.disposition === 'INLINE') return { ...bounds, data_array: chunk, ...following };
  const { format } = view.delivery;
  const link = choice.links.make({ rows: chunk, columns: view.result?.columns ?? [], format });
  const externalLink = `${choice.origin}/external-results/${link.token}`;
  return {
    external_links: [
      { ...bounds, byte_count: link.byteCount, external_link: externalLink, expiration: link.expiration, ...following },
    ],
  };
}

function formatOf({ delivery }: StatementView): LinkFormat {
  return delivery.disposition === 'INLINE' ? 'JSON_ARRAY' : delivery.format;
}

function chunkBounds(total: number, { index, chunkRows }: Pick<ChunkChoice, 'index' | 'chunkRows'>) {
  const offset = index * chunkRows;
  return { chunk_index: index, row_offset: offset, row_count: Math.min(chunkRows, total - offset) };
}
