/** What a definition fills in from outside. */
export interface Template {
  /** Names between `{{` and `}}`, each once, in the order of the text. */
  readonly variables: readonly string[];
  /** Whether every `{{` has its `}}`. */
  readonly balanced: boolean;
}

/** Reads the template variables of a metric's definition; nothing else of the text is looked at (U024). */
export function readTemplate(definition: string): Template {
  const variables = new Set<string>();
  let open: number | undefined;
  for (const { 0: brace, index } of definition.matchAll(/\{\{|\}\}/gu)) {
    if ((brace === '{{') === (open !== undefined)) return { variables: [...variables], balanced: false };
    if (open === undefined) {
      open = index + brace.length;
    } else {
      variables.add(definition.slice(open, index).trim());
      open = undefined;
    }
  }
  return { variables: [...variables], balanced: open === undefined };
}
