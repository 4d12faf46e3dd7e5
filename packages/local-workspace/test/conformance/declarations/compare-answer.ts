import type { Declarations, DeclaredType } from './read-declarations.ts';

/** What in an answer the client's type does not know, or misses: one line for each place. */
export function compareAnswer(declarations: Declarations, name: string, value: unknown): readonly string[] {
  const declared = declarations.get(name);
  if (declared === undefined) return [];
  if (declared.kind === 'names') {
    return declared.names.some((member) => member === value) ? [] : [`${name}: ${JSON.stringify(value)} is no member`];
  }
  if (typeof value !== 'object' || value === null) return [`${name}: ${JSON.stringify(value)} is no object`];
  const fields = Object.entries(value);
  const missing = [...declared.fields].filter(
    ([field, { optional }]) => !optional && !fields.some(([given]) => given === field),
  );
  return [
    ...missing.map(([field]) => `${name}.${field}: missing`),
    ...fields.flatMap(([field, content]) => {
      const known = declared.fields.get(field);
      return known === undefined ? [`${name}.${field}: unknown`] : compareValue(declarations, known.type, content);
    }),
  ];
}

function compareValue(declarations: Declarations, type: DeclaredType, value: unknown): readonly string[] {
  if (type.kind === 'named') return compareAnswer(declarations, type.name, value);
  if (type.kind === 'plain') return [];
  const items = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return items.flatMap((item) => compareValue(declarations, type.item, item));
}
