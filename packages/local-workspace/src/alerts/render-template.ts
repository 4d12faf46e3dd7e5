/** A value of a template; HTML is put in as it is, text is escaped. */
export type TemplateValue = { readonly text: string } | { readonly html: string };

/**
 * Fills `{{NAME}}`, and `{{{NAME}}}` or `{{&NAME}}` without escaping; unknown names leave nothing, as in mustache. Sections
 * and partials of mustache are not supported and stay as they are.
 */
export function renderTemplate(template: string, values: Readonly<Record<string, TemplateValue>>): string {
  const twoBraces = template.replace(/\{\{\{\s*(\w+)\s*\}\}\}/g, '{{&$1}}');
  return twoBraces.replace(/\{\{(&?)\s*(\w+)\s*\}\}/g, (_tag, raw: string, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return '';
    if ('html' in value) return value.html;
    return raw === '&' ? value.text : escapeHtml(value.text);
  });
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
