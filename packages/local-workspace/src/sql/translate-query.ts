import { createLruCache } from './lru-cache.ts';
import { repairTranslation } from './repair-translation.ts';
import { rewriteFunctions } from './rewrite-functions.ts';
import type { SqlTranslator } from './sql-translator.ts';
import type { Token } from './lexer.ts';
import { isSymbol, isWord, tokensToText } from './tokens.ts';

/** Translates queries whose names are those of DuckDB already. */
export interface QueryTranslator {
  /** One query for each branch of a UNION ALL. */
  translate(tokens: readonly Token[]): Promise<readonly string[]>;
}

/** Branches kept; a unified view of 1,000 tables must fit, so that the next version of it is nearly free. */
const cachedBranches = 4000;

/**
 * A UNION ALL is translated branch by branch: the translator refuses syntax trees deeper than 512, and branches that did
 * not change are found in the cache.
 */
export function createQueryTranslator(load: () => Promise<SqlTranslator>): QueryTranslator {
  const cache = createLruCache<string>(cachedBranches);
  let loading: Promise<SqlTranslator> | undefined;
  return {
    async translate(tokens) {
      const branches = unionBranches(tokens).map((branch) => ({ branch, text: tokensToText(branch) }));
      const known = branches.map(({ text }) => cache.get(text));
      const translator = known.includes(undefined) ? await (loading ??= load()) : undefined;
      return branches.map(({ branch, text }, index) => {
        const found = known[index];
        if (found !== undefined || translator === undefined) return found ?? '';
        const sql = repairTranslation(translator.translate(tokensToText(rewriteFunctions(branch))));
        cache.set(text, sql);
        return sql;
      });
    },
  };
}

/** The branches of a query that is nothing but SELECTs joined by UNION ALL; otherwise the whole query. */
function unionBranches(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const branches: Token[][] = [[]];
  let depth = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) continue;
    if (isSymbol(token, '(') || isSymbol(token, '[')) depth += 1;
    if (isSymbol(token, ')') || isSymbol(token, ']')) depth -= 1;
    const nested = depth > 0 || isSymbol(tokens[index - 1], '.');
    if (!nested && isWord(token, 'UNION') && isWord(tokens[index + 1], 'ALL') && !isWord(tokens[index + 2], 'BY')) {
      branches.push([]);
      index += 1;
    } else if (!nested && isWord(token, ...unsplittable) && !isSymbol(tokens[index - 1], '*')) return [tokens];
    else branches.at(-1)?.push(token);
  }
  return branches;
}

/** These bind to more than one branch; only EXCEPT behind a star does not. */
const unsplittable = [
  'WITH',
  'UNION',
  'EXCEPT',
  'INTERSECT',
  'MINUS',
  'ORDER',
  'LIMIT',
  'OFFSET',
  'SORT',
  'CLUSTER',
  'DISTRIBUTE',
];
