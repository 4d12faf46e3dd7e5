/** A call as rules look at it. */
export interface MatchedCall {
  readonly method: string;
  readonly path: string;
  /** Changes something; see `isWrite`. */
  readonly write: boolean;
}

/** Whether a rule is about a call. */
export type CallPattern = (call: MatchedCall) => boolean;

/**
 * `PATCH /api/2.0/alerts/*`; `*` as method matches all, `WRITE` every call that changes something, and `*` in the path
 * anything, slashes too.
 */
export function callPattern(match: string): CallPattern {
  const blank = match.indexOf(' ');
  const method = blank === -1 ? '*' : match.slice(0, blank);
  const path = wildcard(blank === -1 ? match : match.slice(blank + 1));
  return (call) => (method === '*' || (method === 'WRITE' ? call.write : method === call.method)) && path(call.path);
}

/** Compared piece by piece, as a pattern with many stars would make a regular expression very slow. */
export function wildcard(pattern: string): (text: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
    let from = first.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, from);
      if (found === -1) return false;
      from = found + piece.length;
    }
    return from <= text.length - last.length;
  };
}
