import { Composer, isScalar, Lexer, Parser, type CST, type Document, type ParsedNode } from 'yaml';
import { atStart, type Finding } from '../finding.ts';
import type { Range, Source } from '../source.ts';
import { syntaxFinding, syntaxFindings } from './syntax-finding.ts';

/** A parsed file, or why there is none. */
export type Parsed =
  | { readonly status: 'parsed'; readonly contents: ParsedNode }
  | { readonly status: 'failed'; readonly findings: readonly Finding[] };

/** How much a file may hold. Well above any real config; keeps every file under 1 MB within 2 s and 300 MB. */
export const limits = { tokens: 500_000, marks: 50_000, depth: 100, errors: 20 } as const;

const options = { version: '1.2', schema: 'core', uniqueKeys: false, prettyErrors: false, strict: true } as const;

/** Reads one YAML 1.2 document with the core schema, whatever version the file names. */
export function parseYaml(source: Source): Parsed {
  const parsed = parseText(source);
  if (parsed.status === 'parsed') return parsed;
  const { base } = source;
  return failed(parsed.findings.map((finding) => ({ ...finding, range: moved(finding.range, base) })));
}

/** The library counts from the start of its text. */
function moved([start, end]: Range, by: number): Range {
  return [start + by, end + by];
}

function parseText(source: Source): Parsed {
  const read = readTokens(source);
  if ('code' in read) return { status: 'failed', findings: [read] };
  const [document] = new Composer<ParsedNode>(options).compose(read.tokens, true, source.text.length);
  if (document === undefined) return failed([empty()]);
  const parsed = contentsOf(source, document, read.openQuotes);
  return read.complete || parsed.status === 'failed' ? parsed : failed([tooLarge(0, 'has too many faults')]);
}

function contentsOf(source: Source, document: Document.Parsed<ParsedNode>, openQuotes: readonly number[]): Parsed {
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) return failed(syntaxFindings(source, faults, openQuotes));
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return failed([empty()]);
  return { status: 'parsed', contents };
}

function failed(findings: readonly Finding[]): Parsed {
  return { status: 'failed', findings };
}

function empty(): Finding {
  return atStart('CONFIG.EMPTY', 'the file is empty', "start with 'catalog_name' and 'monitored_tables'");
}

interface Tokens {
  readonly tokens: readonly CST.Token[];
  readonly complete: boolean;
  /** Where quoted texts start that are never closed. */
  readonly openQuotes: readonly number[];
}

/**
 * Tokens are counted while they are read, and nesting is watched: the parser recurses, and takes half a kilobyte of
 * memory for each token.
 */
function readTokens({ text }: Source): Tokens | Finding {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const openQuotes: number[] = [];
  const count = { tokens: 0, marks: 0, documents: 0, errors: 0 };
  for (const lexeme of new Lexer().lex(text)) {
    count.tokens += 1;
    if (isMark(lexeme)) count.marks += 1;
    if (isOpenQuote(lexeme)) openQuotes.push(parser.offset);
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'error') count.errors += 1;
      if (token.type === 'document') count.documents += 1;
    }
    const top = parser.stack[0];
    if (count.documents > 0 && top?.type === 'document') return secondDocument(top.offset);
    if (count.tokens > limits.tokens || count.marks > limits.marks)
      return tooLarge(parser.offset, 'holds too many values');
    if (parser.stack.length > limits.depth)
      return tooLarge(parser.offset, `is nested more than ${limits.depth} levels deep`);
    if (hasRubbishAtEnd(parser.stack.at(-1))) count.errors += 1;
    // What was read so far has faults enough; the rest would only cost time.
    if (count.errors > limits.errors) break;
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, complete: count.errors <= limits.errors, openQuotes };
}

/** Something stands behind a finished value, where only a comment may; the composer reports it. */
function hasRubbishAtEnd(top: CST.Token | undefined): boolean {
  const last = top !== undefined && 'end' in top ? top.end?.at(-1) : undefined;
  return (
    last !== undefined &&
    !['space', 'comment', 'newline', 'doc-end', 'flow-seq-end', 'flow-map-end'].includes(last.type)
  );
}

function isOpenQuote(lexeme: string): boolean {
  const first = lexeme.charAt(0);
  return (first === '"' || first === "'") && (lexeme.length === 1 || !lexeme.endsWith(first));
}

/** Anchors, aliases, tags and directives. */
function isMark(lexeme: string): boolean {
  const first = lexeme.charAt(0);
  return first === '&' || first === '*' || first === '!' || first === '%';
}

function secondDocument(offset: number): Finding {
  return syntaxFinding({
    message: 'the file holds more than one YAML document',
    hint: "remove the line '---', or put the second document into a file of its own",
    range: [offset, offset],
  });
}

function tooLarge(offset: number, what: string): Finding {
  return {
    code: 'CONFIG.TOO_LARGE',
    severity: 'error',
    message: `the file ${what}`,
    hint: 'split it into several configs',
    range: [offset, offset],
    path: [],
  };
}
