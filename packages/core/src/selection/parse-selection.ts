import { isKindName } from '../address.ts';
import { fail } from '../problem.ts';
import { selectionKeys, type Selection } from './selection.ts';

interface Token {
  readonly text: string;
  /** From 1. */
  readonly column: number;
  readonly symbol: boolean;
}

/**
 * Reads `group:ml_team & !schema:tmp_*`. `!` binds closest, then `&`, then `|`; brackets group; values with blanks or
 * symbols are quoted. Throws `SELECT.SYNTAX` or `SELECT.KEY` with the column of the fault.
 */
export function parseSelection(text: string): Selection {
  const tokens = tokenize(text);
  let index = 0;
  const fault = (message: string, column = tokens[index]?.column ?? text.length + 1): never =>
    fail({
      code: 'SELECT.SYNTAX',
      message: `selection '${text}', column ${String(column)}: ${message}`,
      hint: `for example: 'group:ml_team & !schema:tmp_*'; keys are ${selectionKeys.join(', ')}`,
    });
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
    if (token === undefined) return fault('it ends where a selector is expected');
    if (token.symbol) return fault(`'${token.text}' stands where a selector is expected`);
    index += 1;
    return atom(token, text);
  };
  const all = (): Selection => joined('all', '&', single);
  const any = (): Selection => joined('any', '|', all);
  const selection = any();
  const rest = tokens[index];
  if (rest !== undefined) return fault(`'${rest.text}' stands where '&' or '|' is expected`);
  return selection;
}

function atom({ text: word, column }: Token, text: string): Selection {
  const colon = word.indexOf(':');
  const before = word.slice(0, Math.max(0, colon));
  const key = selectionKeys.find((known) => known === before);
  if (key !== undefined) return { kind: 'atom', key, glob: word.slice(colon + 1) };
  // An address such as monitor:prod.ml.churn is a selector of its own.
  if (colon < 0 || isKindName(before)) return { kind: 'atom', glob: word };
  fail({
    code: 'SELECT.KEY',
    message: `selection '${text}', column ${String(column)}: there is no key '${before}'`,
    hint: `keys are ${selectionKeys.join(', ')}; an address is written like monitor:prod.ml.churn`,
  });
}

/** Symbols are `& | ! ( )`; everything else is a word, in which quotes keep blanks and symbols. */
function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < text.length;) {
    const character = text[index] ?? '';
    const column = index + 1;
    if (/\s/u.test(character)) index += 1;
    else if ('&|!()'.includes(character)) {
      tokens.push({ text: character, column, symbol: true });
      index += 1;
    } else {
      const { word, end } = wordAt(text, index);
      tokens.push({ text: word, column, symbol: false });
      index = end;
    }
  }
  return tokens;
}

function wordAt(text: string, start: number): { readonly word: string; readonly end: number } {
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
      fail({
        code: 'SELECT.SYNTAX',
        message: `selection '${text}', column ${String(index + 1)}: the quote is not closed`,
        hint: 'close it, for example group:"data science"',
      });
    }
    word += text.slice(index + 1, close);
    index = close;
  }
  return { word, end: index };
}
