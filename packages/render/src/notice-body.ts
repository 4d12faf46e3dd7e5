/** A piece of a notice: running text, or the table of what the query gave. */
export type BodyPart =
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

export interface NoticeBody {
  readonly body: string;
  readonly format: 'HTML' | 'MARKDOWN';
}

/** What a mail program shows of the body of a notice. Markdown is text already. Cells are escaped, so that tags are tags. */
export function bodyParts({ body, format }: NoticeBody): readonly BodyPart[] {
  if (format === 'MARKDOWN') return textPart(body);
  return body
    .split(/(<table>[\s\S]*?<\/table>)/u)
    .flatMap((piece) => (piece.startsWith('<table>') ? [tablePart(piece)] : textPart(plainText(piece))));
}

function textPart(text: string): readonly BodyPart[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length === 0 ? [] : [{ kind: 'text', lines }];
}

function tablePart(html: string): BodyPart {
  const [columns = [], ...rows] = [...html.matchAll(/<tr>([\s\S]*?)<\/tr>/gu)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd]>([\s\S]*?)<\/t[hd]>/gu)].map(([, cell = '']) => decoded(cell)),
  );
  return { kind: 'table', columns, rows };
}

function plainText(html: string): string {
  return decoded(html.replaceAll(/<br\s*\/?>|<\/p>/gu, '\n').replaceAll(/<\/?[a-z][^>]*>/giu, ''));
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,6})|(amp|lt|gt|quot));/gu, (_all, code: string | undefined, name: string) =>
    code === undefined ? (entities[name] ?? '') : String.fromCodePoint(Number(code)),
  );
}
