import { isJsonArray, isJsonObject, type Json } from '@dpo/core';

/** What a long value of a new resource comes to, as a sentence; `--full` shows the value itself. */
export function summaryOf(path: string, value: Json): string | undefined {
  return summaries[path]?.(value);
}

const summaries: Readonly<Record<string, (value: Json) => string | undefined>> = {
  branches: (value) => (isJsonArray(value) ? value.map(sourceOf).join(', ') : undefined),
  custom_description: (value) => (typeof value === 'string' ? firstLine(value) : undefined),
  query_text: (value) => (typeof value === 'string' ? `${count(value.split('\n').length, 'line')} of SQL` : undefined),
  serialized_dashboard: (value) => (typeof value === 'string' ? dashboardText(value) : undefined),
};

function firstLine(text: string): string | undefined {
  const [first = '', ...others] = text.split('\n');
  return others.length === 0 ? undefined : `${first} (${count(others.length + 1, 'line')})`;
}

function sourceOf(branch: Json): string {
  const source = isJsonObject(branch) ? branch['source'] : undefined;
  return typeof source === 'string' ? source : '?';
}

function dashboardText(text: string): string | undefined {
  try {
    const { pages = [], datasets = [] } = JSON.parse(text) as Content;
    const widgets = pages.flatMap(({ layout = [] }) => layout).length;
    return `${count(pages.length, 'page')} with ${count(widgets, 'widget')} over ${count(datasets.length, 'dataset')}`;
  } catch {
    return undefined;
  }
}

interface Content {
  readonly pages?: readonly { readonly layout?: readonly unknown[] }[];
  readonly datasets?: readonly unknown[];
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
