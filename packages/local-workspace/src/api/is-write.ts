const changing = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** The first words of statements that only read. */
const readingStatement =
  /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|\()*(?:select|with|show|describe|desc|explain|values|table|from)\b/i;

/**
 * Whether a call changes the workspace. Not every POST does: the token endpoint, queries and the cancel of a statement
 * only look like it.
 */
export function isWrite(call: { readonly method: string; readonly path: string; readonly body: unknown }): boolean {
  const { method, path, body } = call;
  if (!changing.includes(method) || path.startsWith('/oidc/')) return false;
  if (!path.startsWith('/api/2.0/sql/statements')) return true;
  if (path.endsWith('/cancel')) return false;
  const statement = typeof body === 'object' && body !== null && 'statement' in body ? body.statement : undefined;
  return typeof statement !== 'string' || !readingStatement.test(statement);
}
