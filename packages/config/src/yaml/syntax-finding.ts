import type { YAMLError } from 'yaml';
import type { Finding, Path } from '../finding.ts';
import { positionIn, type Range, type Source } from '../source.ts';
import { shorten } from '../words.ts';

interface Fault {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly range: Range;
  readonly path?: Path;
}

export function syntaxFinding({ message, hint, range, path }: Fault): Finding {
  return { code: 'CONFIG.SYNTAX', severity: 'error', message, hint, range, path: path ?? [] };
}

type Words = readonly [message: string, hint?: string];

/** What the parser's codes mean to someone who writes a config; its own words serve for the others. */
const words: Readonly<Record<string, Words>> = {
  TAB_AS_INDENT: ['a tab is used as indentation', 'indent with spaces'],
  BAD_INDENT: ['the indentation does not fit the lines above', 'line it up with the keys it belongs to'],
  BAD_SCALAR_START: ['a text may not start with this character', 'put the text in quotes'],
  BAD_ALIAS: ['this is no valid anchor or alias'],
  BAD_DQ_ESCAPE: [
    'this escape is not known in a double-quoted text',
    'use single quotes, or write \\\\ for a backslash',
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    "there is a second ':' where a value was expected",
    'put the text in quotes, or start a new line',
  ],
  MULTILINE_IMPLICIT_KEY: ["a ':' is missing after this key", "write 'key: value' on one line"],
  MULTIPLE_ANCHORS: ['a value has two anchors'],
  MULTIPLE_TAGS: ['a value has two tags'],
  TAG_RESOLVE_FAILED: ['tags are not supported', "remove the word that starts with '!'"],
};

/** Messages of the parser that say more than their codes. */
const rewordings: readonly (readonly [pattern: RegExp, message: string])[] = [
  [/^Missing closing (['"])/, 'a text that starts with $1 is never closed'],
  [/^Flow .* end with a (.)/, "a '$1' is missing, or stands too far to the left"],
];

const mostFaults = 20;

/** The first faults of the parser, in the order of the file. Of each line only the first: the others follow from it. */
export function syntaxFindings(
  source: Source,
  faults: readonly YAMLError[],
  openQuotes: readonly number[],
): readonly Finding[] {
  const lines = new Map<number, YAMLError>();
  for (const fault of faults.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const { line } = positionIn(source, fault.pos[0]);
    if (!lines.has(line)) lines.set(line, fault);
    if (lines.size === mostFaults) break;
  }
  return [...lines.values()].map((fault) => {
    const [message, hint] = reworded(fault) ?? words[fault.code] ?? [plain(source, fault)];
    const quotes = hint ?? (lineHoldsReference(source, fault) ? 'put texts with ${…} in quotes' : undefined);
    return syntaxFinding({ message, hint: quotes, range: placeOfFault(fault, openQuotes) });
  });
}

/** In a list or map of brackets the braces of a reference mean something to YAML. */
function lineHoldsReference({ text }: Source, { pos: [start] }: YAMLError): boolean {
  const from = text.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
  return (
    text
      .slice(from, from + 1000)
      .split('\n', 1)[0]
      ?.includes('${') === true
  );
}

/** The parser reports a quote that is never closed at its end, which may be that of the file. */
function placeOfFault({ message, pos }: YAMLError, openQuotes: readonly number[]): Range {
  const start = /^Missing closing ['"]/.test(message) ? openQuotes.findLast((offset) => offset < pos[0]) : undefined;
  return start === undefined ? pos : [start, start + 1];
}

function reworded({ message }: YAMLError): Words | undefined {
  for (const [pattern, text] of rewordings) {
    const match = pattern.exec(message);
    if (match !== null) return [text.replace('$1', match[1] ?? '')];
  }
  return undefined;
}

function plain({ text }: Source, { code, message, pos }: YAMLError): string {
  if (code === 'UNEXPECTED_TOKEN') {
    const written = text.slice(...pos).trim();
    return written === '' ? 'something is missing here' : `'${shorten(written)}' is not expected here`;
  }
  const [first = ''] = message.split('\n');
  return shorten(first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, ''));
}
