import { ApiError, invalidParameter } from '../api/api-error.ts';
import { flag, oneOf, shape, ShapeFault, text } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { languages } from './workspace-object.ts';
import type { Language } from './workspace-object.ts';
import { workspacePath } from './workspace-path.ts';
import type { AskedPath } from './workspace-path.ts';

export const fileFormats = ['SOURCE', 'HTML', 'JUPYTER', 'DBC', 'R_MARKDOWN', 'AUTO', 'RAW'] as const;

export type FileFormat = (typeof fileFormats)[number];

export interface ImportRequest {
  readonly target: AskedPath;
  readonly content: Uint8Array;
  readonly format: FileFormat;
  readonly language?: Language;
  readonly overwrite: boolean;
}

/** A form of the Python SDK (`WorkspaceExt.upload`) has flags as text. */
const anyFlag: Reader<boolean> = (value, place) =>
  value === 'true' || value === 'false' ? value === 'true' : flag(value, place);

/** The fields of both forms. */
export const importFields = shape({
  required: { path: workspacePath },
  optional: { content: text, format: oneOf(...fileFormats), language: oneOf(...languages), overwrite: anyFlag },
});

/** Both forms of an import: JSON with the content in base64, or a form with the content as a posted file. */
export async function readImport(body: Uint8Array, contentType: string): Promise<ImportRequest> {
  const isForm = contentType.startsWith('multipart/form-data');
  const { fields, file } = isForm ? await readForm(body, contentType) : { fields: readJson(body), file: undefined };
  const {
    path: target,
    content = '',
    format = 'SOURCE',
    language,
    overwrite = false,
  } = importFields(fields, { path: [] });
  const bytes = file ?? decodeBase64(content);
  requireSize(bytes);
  return { target, content: bytes, format, overwrite, ...(language === undefined ? {} : { language }) };
}

/** SDK `WorkspaceAPI.import_`: 10 MB. */
export function requireSize(content: Uint8Array): void {
  if (content.length <= 10 * 1024 * 1024) return;
  const message = `content size (${content.length}) exceeded the limit 10485760`;
  throw new ApiError(400, 'MAX_NOTEBOOK_SIZE_EXCEEDED', message);
}

function decodeBase64(content: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(content.replaceAll(/\s/g, ''))) throw new ShapeFault(['content'], 'is not base64');
  return Buffer.from(content, 'base64');
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8') || '{}');
  } catch {
    throw new ApiError(400, 'MALFORMED_REQUEST', 'the request body is not JSON');
  }
}

async function readForm(
  body: Uint8Array,
  contentType: string,
): Promise<{ readonly fields: Readonly<Record<string, unknown>>; readonly file: Uint8Array | undefined }> {
  const headers = { 'content-type': contentType };
  const form = await new Response(new Uint8Array(body), { headers }).formData().catch(() => {
    throw invalidParameter('the form of the import cannot be read');
  });
  const fields: Record<string, unknown> = {};
  let file: Uint8Array | undefined;
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value;
    else if (name === 'content') file = new Uint8Array(await value.arrayBuffer());
  }
  return { fields, file };
}
