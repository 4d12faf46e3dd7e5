import type { FunctionObject } from '../unity/objects.ts';
import { catalogFunction } from './call-tokens.ts';
import type { Token } from './lexer.ts';
import { duckdbSchema } from './session.ts';
import type { ObjectName, Session } from './session.ts';
import { isName, isSymbol, wordToken } from './tokens.ts';

/** Calls of functions of Unity Catalog become words that every stage passes on; the caller needs EXECUTE on each. */
export function resolveFunctions(
  session: Session,
  tokens: readonly Token[],
): { readonly tokens: readonly Token[]; readonly functions: readonly FunctionObject[] } {
  if (session.storage.list('function').length === 0) return { tokens, functions: [] };
  const output: Token[] = [];
  const functions: FunctionObject[] = [];
  for (let index = 0; index < tokens.length;) {
    const parts = callAt(tokens, index);
    const found = parts === undefined ? undefined : findFunction(session, functionName(session, parts));
    const token = tokens[index];
    if (token === undefined) break;
    if (parts === undefined || found === undefined) {
      output.push(token);
      index += 1;
      continue;
    }
    const { catalog, schema, name } = found;
    session.access.require(session.caller, 'EXECUTE', { type: 'function', name: `${catalog}.${schema}.${name}` });
    functions.push(found);
    output.push({ ...wordToken(catalogFunction(duckdbSchema(found), name)), spaced: token.spaced });
    index += parts.length * 2 - 1;
  }
  return { tokens: output, functions };
}

export function findFunction(session: Session, { catalog, schema, name }: ObjectName): FunctionObject | undefined {
  return session.storage.get('function', `${catalog}.${schema}.${name}`) as FunctionObject | undefined;
}

/** A name of one to three parts, completed with the defaults and in lower case. */
export function functionName(session: Session, parts: readonly string[]): ObjectName {
  const [name = '', schema = session.schema, catalog = session.catalog] = parts
    .map((part) => part.toLowerCase())
    .toReversed();
  return { catalog, schema, name };
}

function callAt(tokens: readonly Token[], start: number): readonly string[] | undefined {
  if (isSymbol(tokens[start - 1], '.')) return undefined;
  const parts: string[] = [];
  for (let index = start; isName(tokens[index]); index += 2) {
    parts.push(tokens[index]?.value ?? '');
    if (isSymbol(tokens[index + 1], '(')) return parts.length > 3 ? undefined : parts;
    if (!isSymbol(tokens[index + 1], '.')) return undefined;
  }
  return undefined;
}
