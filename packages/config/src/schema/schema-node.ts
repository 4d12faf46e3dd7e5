/** The parts of the config schema that explain a fault. */
export interface SchemaNode {
  readonly [keyword: string]: unknown;
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | null)[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly propertyNames?: SchemaNode;
  /** What a value of this pattern is called, or in `propertyNames` a key. */
  readonly 'x-dpo-expects'?: string;
  /** The values that a pattern stands for. */
  readonly 'x-dpo-values'?: readonly string[];
}

const names: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
};

/** The allowed values of a node that lists them. */
export function valuesOf(node: SchemaNode): readonly string[] {
  return node['x-dpo-values'] ?? (node.enum ?? []).filter((value) => value !== null);
}

export function typesOf({ type }: SchemaNode): readonly string[] {
  return (typeof type === 'string' ? [type] : (type ?? [])).filter((name) => name !== 'null');
}

/** What is wanted instead of a value of the wrong type. */
export function expectationOf(node: SchemaNode): string {
  if (node['x-dpo-expects'] !== undefined && typesOf(node).length > 1) return node['x-dpo-expects'];
  const values = valuesOf(node);
  if (values.length > 0) return `one of: ${values.join(', ')}`;
  return typesOf(node)
    .map((type) => names[type] ?? type)
    .join(' or ');
}
