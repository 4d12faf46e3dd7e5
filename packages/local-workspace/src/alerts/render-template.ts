/** A value of a template: in HTML, where text is not escaped yet, or with a form of its own for HTML and for Markdown. */
export type TemplateValue = { readonly text: string } | { readonly html: string; readonly markdown: string };

export type TemplateValues = Readonly<Record<string, TemplateValue>>;

/**
 * Fills `{{NAME}}`, and `{{{NAME}}}` or `{{&NAME}}` without escaping; unknown names leave nothing, as in mustache. Sections
 * and partials of mustache are not supported and stay as they are.
 */
export function renderHtml(template: string, values: TemplateValues): string {
  const twoBraces = template.replace(/\{\{\{\s*(\w+)\s*\}\}\}/g, '{{&$1}}');
  return twoBraces.replace(/\{\{(&?)\s*(\w+)\s*\}\}/g, (_tag, raw: string, name: string) => {
    const value = valueNamed(values, name);
    if (value === undefined) return '';
    if ('html' in value) return value.html;
    return raw === '&' ? value.text : escapeHtml(value.text);
  });
}

/** Fills `@NAME` for the known names and leaves everything else (SDK `AlertV2.custom_template_format`). */
export function renderMarkdown(template: string, values: TemplateValues): string {
  return template.replace(/@([A-Z_]+)\b/g, (tag, name: string) => {
    const value = valueNamed(values, name);
    if (value === undefined) return tag;
    return 'markdown' in value ? value.markdown : value.text;
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

function valueNamed(values: TemplateValues, name: string): TemplateValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
