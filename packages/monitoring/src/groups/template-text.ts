/** A text that people chose, in the subject of an alert: its braces name nothing that the service would fill in. */
export function inSubject(chosen: string): string {
  return chosen.replaceAll(/\{(?=\{)/gu, '{ ').replaceAll(/\s+/gu, ' ');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '{': '&#123;',
};

/** The same in the body of an alert, which is HTML: no tag, and nothing to be filled in. */
export function inBody(chosen: string): string {
  return chosen.replaceAll(/[&<>"'{]/gu, (character) => entities[character] ?? character);
}
