import type { Language, NotebookFormat } from './workspace-object.ts';

interface SourceForm {
  readonly language: Language;
  readonly extension: string;
  /** Starts each comment line that means something to the notebook. */
  readonly comment: string;
}

const forms: readonly SourceForm[] = [
  { language: 'PYTHON', extension: '.py', comment: '#' },
  { language: 'SQL', extension: '.sql', comment: '--' },
  { language: 'SCALA', extension: '.scala', comment: '//' },
  { language: 'R', extension: '.r', comment: '#' },
];

/** What a file turns into under AUTO: a notebook without its extension. */
export interface RecognizedNotebook {
  readonly path: string;
  readonly language: Language;
  readonly notebookFormat: NotebookFormat;
}

/** A source file whose first line is the notebook header, or a Jupyter file. */
export function recognizeNotebook(path: string, content: Uint8Array): RecognizedNotebook | undefined {
  const text = Buffer.from(content).toString('utf8');
  const form = forms.find(({ extension }) => path.toLowerCase().endsWith(extension));
  if (form !== undefined && /^[^\r\n]*/.exec(text)?.[0].trimEnd() === headerOf(form)) {
    return { path: path.slice(0, -form.extension.length), language: form.language, notebookFormat: 'SOURCE' };
  }
  if (!path.toLowerCase().endsWith('.ipynb')) return undefined;
  const language = jupyterLanguage(text);
  if (language === undefined) return undefined;
  return { path: path.slice(0, -'.ipynb'.length), language, notebookFormat: 'JUPYTER' };
}

/** The language of a Jupyter notebook; `undefined`: the text is none. */
export function jupyterLanguage(text: string): Language | undefined {
  const notebook = parsed(text);
  if (!isRecord(notebook) || !Array.isArray(notebook['cells'])) return undefined;
  const metadata = isRecord(notebook['metadata']) ? notebook['metadata'] : {};
  const info = isRecord(metadata['language_info']) ? metadata['language_info'] : {};
  const name = (typeof info['name'] === 'string' ? info['name'] : 'python').toUpperCase();
  return forms.find(({ language }) => language === name)?.language ?? 'PYTHON';
}

/** `py`, `sql`, …, as an export names them. */
export function fileTypeOf(language: Language): string {
  return formOf(language).extension.slice(1);
}

/** The source of a Jupyter notebook: the header, then its cells; what is not code becomes a comment. */
export function sourceOfJupyter(text: string, language: Language): string {
  const notebook = parsed(text);
  const cells = isRecord(notebook) && Array.isArray(notebook['cells']) ? notebook['cells'].filter(isRecord) : [];
  const form = formOf(language);
  const parts = cells.map((cell) => {
    const source = linesOf(cell['source']).join('');
    if (cell['cell_type'] === 'code') return source;
    return [`%md`, ...source.split('\n')].map((line) => `${form.comment} MAGIC ${line}`).join('\n');
  });
  return `${headerOf(form)}\n${parts.join(`\n\n${form.comment} COMMAND ----------\n\n`)}\n`;
}

/** The Jupyter form of a source notebook. */
export function jupyterOfSource(text: string, language: Language): string {
  const { comment } = formOf(language);
  const body = text.startsWith(headerOf(formOf(language))) ? text.slice(headerOf(formOf(language)).length) : text;
  const cells = body.split(new RegExp(`^${comment} COMMAND -+$`, 'm')).map((part) => {
    const lines = part.trim().split('\n');
    const magic = `${comment} MAGIC `;
    const isText = lines[0] === `${magic}%md`;
    const source = isText ? lines.slice(1).map((line) => line.replace(magic, '')) : lines;
    const withEnds = source.map((line, index) => (index < source.length - 1 ? `${line}\n` : line));
    const common = { metadata: {}, source: withEnds };
    return isText
      ? { cell_type: 'markdown', ...common }
      : { cell_type: 'code', execution_count: null, outputs: [], ...common };
  });
  const metadata = { language_info: { name: language.toLowerCase() } };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 0 });
}

function formOf(language: Language): SourceForm {
  const form = forms.find((candidate) => candidate.language === language);
  if (form === undefined) throw new Error(`no source form of ${language}`);
  return form;
}

function headerOf({ comment }: SourceForm): string {
  return `${comment} Databricks notebook source`;
}

function linesOf(source: unknown): readonly string[] {
  return Array.isArray(source) ? source.map(String) : typeof source === 'string' ? [source] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
