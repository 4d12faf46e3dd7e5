import { isKindName } from '../address.ts';
import { fail, type Problem } from '../problem.ts';
import { selectionKeys, type Selection } from './selection.ts';

interface Token {
  readonly text: string;
  /** From 1; `end` is behind its last character. */
  readonly column: number;
  readonly end: number;
  readonly symbol: boolean;
}

/** A text and what it was given as, such as `--select`. */
interface Source {
  readonly text: string;
  readonly name: string;
}

/**
 * Reads `group:ml_team & !schema:tmp_*`. `!` binds closest, then `&`, then `|`; brackets group; values with blanks or
 * symbols are quoted. Throws `SELECT.SYNTAX` or `SELECT.KEY` with the place of the fault in `name`, which is what the text
 * was given as.
 */
export function parseSelection(text: string, name = 'selection'): Selection {
  const source = { text, name };
  const tokens = tokenize(source);
  let index = 0;
  const fault = (message: string): never => {
    const { column, end } = tokens[index] ?? { column: text.length + 1, end: text.length + 2 };
    return syntaxFault(source, { column, end, message });
  };
  const takes = (symbol: string): boolean => {
    const token = tokens[index];
    if (token?.symbol !== true || token.text !== symbol) return false;
    index += 1;
    return true;
  };
  const joined = (kind: 'all' | 'any', symbol: string, next: () => Selection): Selection => {
    const of = [next()];
    while (takes(symbol)) of.push(next());
    return of.length === 1 && of[0] !== undefined ? of[0] : { kind, of };
  };
  const single = (): Selection => {
    if (takes('!')) return { kind: 'not', of: single() };
    if (takes('(')) {
      const inner = any();
      return takes(')') ? inner : fault("')' is missing");
    }
    const token = tokens[index];
    if (token === undefined)
      return fault(text.trim() === '' ? 'the selection is empty' : 'a selector is expected here');
    if (token.symbol) return fault(`'${token.text}' stands where a selector is expected`);
    index += 1;
    return atom(token, source);
  };
  const all = (): Selection => joined('all', '&', single);
  const any = (): Selection => joined('any', '|', all);
  const selection = any();
  const rest = tokens[index];
  if (rest !== undefined) return fault(`'${rest.text}' stands where '&' or '|' is expected`);
  return selection;
}

function atom(token: Token, source: Source): Selection {
  const word = token.text;
  const colon = word.indexOf(':');
  const before = word.slice(0, Math.max(0, colon));
  const { place, snippet } = placeIn(source, token);
  const key = selectionKeys.find((known) => known === before);
  if (key !== undefined) return { kind: 'atom', key, glob: word.slice(colon + 1), place };
  // An address such as monitor:prod.ml.churn is a selector of its own.
  if (colon < 0 || isKindName(before)) return { kind: 'atom', glob: word, place };
  fail({
    code: 'SELECT.KEY',
    message: `there is no key '${before}'`,
    hint: `keys are ${selectionKeys.join(', ')}; an address is written like monitor:prod.ml.churn`,
    place,
    snippet,
  });
}

function syntaxFault(source: Source, fault: { column: number; end: number; message: string }): never {
  return fail({
    code: 'SELECT.SYNTAX',
    message: fault.message,
    hint: `for example: 'group:ml_team & !schema:tmp_*'; keys are ${selectionKeys.join(', ')}`,
    ...placeIn(source, fault),
  });
}

/** A selection is one line of a file that is called like its flag. */
function placeIn(
  { text, name }: Source,
  { column, end }: { readonly column: number; readonly end: number },
): Required<Pick<Problem, 'place' | 'snippet'>> {
  const place = { file: name, start: { line: 1, column }, end: { line: 1, column: end } };
  return { place, snippet: { line: 1, text } };
}

/** Symbols are `& | ! ( )`; everything else is a word, in which quotes keep blanks and symbols. */
function tokenize(source: Source): readonly Token[] {
  const { text } = source;
  const tokens: Token[] = [];
  for (let index = 0; index < text.length;) {
    const character = text[index] ?? '';
    const column = index + 1;
    if (/\s/u.test(character)) index += 1;
    else if ('&|!()'.includes(character)) {
      tokens.push({ text: character, column, end: column + 1, symbol: true });
      index += 1;
    } else {
      const { word, end } = wordAt(source, index);
      tokens.push({ text: word, column, end: end + 1, symbol: false });
      index = end;
    }
  }
  return tokens;
}

function wordAt(source: Source, start: number): { readonly word: string; readonly end: number } {
  const { text } = source;
  let word = '';
  let index = start;
  for (; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (/\s/u.test(character) || '&|!()'.includes(character)) break;
    if (character !== '"' && character !== "'") {
      word += character;
      continue;
    }
    const close = text.indexOf(character, index + 1);
    if (close < 0) {
      syntaxFault(source, { column: index + 1, end: text.length + 1, message: 'the quote is not closed' });
    }
    word += text.slice(index + 1, close);
    index = close;
  }
  return { word, end: index };
}
