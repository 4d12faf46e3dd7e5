import { findParameter } from './parameters.ts';
import type { BoundParameter } from './parameters.ts';
import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { parseError } from './sql-errors.ts';
import { append, closingIndex, isName, isSymbol, isWord, nameTokens } from './tokens.ts';

/**
 * `IDENTIFIER('a.b')`, `IDENTIFIER(:name)` and `IDENTIFIER(:schema || '.t')` become the name they hold; anything else in the
 * brackets is refused.
 */
export function expandIdentifiers(
  tokens: readonly Token[],
  parameters: ReadonlyMap<string, BoundParameter>,
): readonly Token[] {
  const output: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) continue;
    const call = isWord(token, 'IDENTIFIER') && isSymbol(tokens[index + 1], '(') && !isSymbol(tokens[index - 1], '.');
    if (!call) {
      output.push(token);
      continue;
    }
    const close = closingIndex(tokens, index + 1);
    const text = textOf(tokens.slice(index + 2, close), parameters);
    if (text === undefined) throw parseError("IDENTIFIER needs strings or parameters, such as IDENTIFIER('a.b')");
    append(output, placed(nameTokens(splitName(text)), token, tokens[close] ?? token));
    index = close;
  }
  return output;
}

/** The first and the last token stand where the call did, so that the text of a view can be cut out. */
function placed(tokens: readonly Token[], first: Token, last: Token): readonly Token[] {
  return tokens.map((token, index) => ({
    ...token,
    ...(index === 0 ? { start: first.start } : {}),
    ...(index === tokens.length - 1 ? { end: last.end } : {}),
  }));
}

function textOf(content: readonly Token[], parameters: ReadonlyMap<string, BoundParameter>): string | undefined {
  let text = '';
  for (const [index, token] of content.entries()) {
    if (index % 2 === 1) {
      if (!isSymbol(token, '||')) return undefined;
    } else {
      const value = token.kind === 'string' ? token.value : undefined;
      const given = token.kind === 'parameter' ? findParameter(token.value, parameters).value : value;
      if (given === undefined || given === null) return undefined;
      text += given;
    }
  }
  return content.length % 2 === 1 ? text : undefined;
}

/** The parts of a name that is given as text; anything but names and dots is refused. */
export function splitName(text: string): readonly string[] {
  const tokens = tokenize(text);
  const wellFormed =
    tokens.length % 2 === 1 && tokens.every((token, index) => (index % 2 === 0 ? isName(token) : isSymbol(token, '.')));
  if (!wellFormed) throw parseError(`'${text}' is not an identifier`);
  return tokens.filter((_, index) => index % 2 === 0).map((token) => token.value);
}
