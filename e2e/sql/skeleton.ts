/**
 * A statement without its content: each quoted name is `?`, each quoted text '?', numbers are #, white space is one space. Two
 * statements that differ only in what is inside of quotes have the same skeleton. Throws where a quote is left open or a comment
 * begins: dpo sends none. Written for itself, so that a fault of the code that quotes cannot hide here.
 */
export function skeletonOf(statement: string): string {
  let rest = statement;
  let skeleton = '';
  while (rest !== '') {
    const token = tokens.find(({ form }) => form.test(rest));
    const text = token?.form.exec(rest)?.[0] ?? '';
    if (token === undefined || text === '') throw new Error(`${JSON.stringify(rest.slice(0, 80))} is no SQL of dpo`);
    skeleton += token.stands ?? text;
    rest = rest.slice(text.length);
  }
  return skeleton.trim();
}

interface Token {
  readonly form: RegExp;
  /** In the skeleton; the text itself unless given. */
  readonly stands?: string;
}

/** https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-identifiers and data-types/string-type */
const tokens: readonly Token[] = [
  { form: /^\s+/u, stands: ' ' },
  { form: /^`(?:[^`]|``)+`/u, stands: '`?`' },
  { form: /^'(?:[^'\\]|\\[\s\S])*'/u, stands: "'?'" },
  { form: /^[A-Za-z_]\w*/u },
  { form: /^\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/u, stands: '#' },
  { form: /^:[a-z_]\w*/u },
  { form: /^(?:=>|<=>|<>|<=|>=|!=|\|\||->|::)/u },
  { form: /^(?!--|\/\*|\*\/)[-+*/%=<>(),.[\]?]/u },
];
