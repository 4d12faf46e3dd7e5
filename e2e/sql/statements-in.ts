interface Sent {
  readonly path: string;
  readonly body?: unknown;
}

/** Every piece of SQL in what was sent: statements, queries of alerts, data sets of dashboards. */
export function statementsIn(requests: readonly Sent[]): readonly string[] {
  return requests.flatMap(({ body }) => textsIn(body));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]: [string, unknown]): readonly string[] => {
    if (key === 'statement' || key === 'query_text') return [String(member)];
    if (key === 'queryLines' && Array.isArray(member)) return [member.join('')];
    if (key === 'serialized_dashboard' && typeof member === 'string') return textsIn(JSON.parse(member));
    return textsIn(member);
  });
}
