/** Values of environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A text in the form in which a plan and a state keep it: `${env:NAME}` stands for the value of an environment variable,
 * `$${` for a literal `${`. What anything else means is settled when the config is read.
 */
const marks = /\$(\$\{)|\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/gu;

/** A secret that a system for secrets does not know arrives as an empty text. */
export function isSet(name: string, environment: Environment): boolean {
  return (environment[name] ?? '') !== '';
}

/** Variables that a template names, each once. */
export function namesIn(template: string): readonly string[] {
  const names = [...template.matchAll(marks)].flatMap(([, , name]) => (name === undefined ? [] : [name]));
  return [...new Set(names)];
}

/** What a template stands for; `undefined` where a variable that it names is not set, or empty. */
export function fillTemplate(template: string, environment: Environment): string | undefined {
  if (namesIn(template).some((name) => !isSet(name, environment))) return undefined;
  return template.replaceAll(
    marks,
    (_mark, literal: string | undefined, name = '') => literal ?? environment[name] ?? '',
  );
}

/** The template that stands for a text as it is. */
export function asTemplate(text: string): string {
  return text.replaceAll('${', () => '$${');
}
