import { invalidParameter } from '../api/api-error.ts';

/** Query parameters of create and update; they are not kept but written into every dataset. */
export interface DatasetDefaults {
  readonly catalog?: string | undefined;
  readonly schema?: string | undefined;
}

type Entry = Readonly<Record<string, unknown>>;

/** "Dashboard limits". */
const limits = { pages: 15, datasets: 100, widgets: 100 } as const;

/**
 * The text as the service keeps it: pages without a type become canvases, datasets get the defaults, `{ }` becomes `{}`,
 * and it ends with one newline. Text in which nothing of this applies stays as it was sent (databricks/cli
 * `libs/testserver/dashboards.go`, checked there against workspaces).
 */
export function keptText(sent: string, defaults: DatasetDefaults): string {
  const content = checkedContent(sent);
  const pages = listOf(content, 'pages');
  const datasets = listOf(content, 'datasets');
  const isIncomplete = pages.some((page) => page['pageType'] === undefined);
  const isDefaulted = (defaults.catalog !== undefined || defaults.schema !== undefined) && datasets.length > 0;
  const isEmpty = Object.keys(content).length === 0;
  if (!isIncomplete && !isDefaulted && !isEmpty) return sent.replace(/\n*$/, '\n');
  const changed = {
    ...content,
    ...(datasets.length > 0
      ? { datasets: datasets.map((dataset) => ({ ...dataset, ...definedDefaults(defaults) })) }
      : {}),
    ...(pages.length > 0
      ? { pages: pages.map((page) => ({ ...page, pageType: page['pageType'] ?? 'PAGE_TYPE_CANVAS' })) }
      : {}),
  };
  return `${JSON.stringify(changed)}\n`;
}

function definedDefaults({ catalog, schema }: DatasetDefaults): Entry {
  return { ...(catalog === undefined ? {} : { catalog }), ...(schema === undefined ? {} : { schema }) };
}

function checkedContent(sent: string): Entry {
  const content = parsed(sent);
  const pages = listOf(content, 'pages');
  atMost(listOf(content, 'datasets').length, limits.datasets, 'datasets');
  atMost(pages.length, limits.pages, 'pages');
  for (const page of pages) atMost(listOf(page, 'layout').length, limits.widgets, 'widgets on one page');
  return content;
}

function parsed(sent: string): Entry {
  let content: unknown;
  try {
    content = JSON.parse(sent);
  } catch {
    throw invalidParameter('serialized_dashboard: is not JSON');
  }
  if (!isEntry(content)) throw invalidParameter('serialized_dashboard: is not a JSON object');
  return content;
}

function listOf(entry: Entry, name: string): readonly Entry[] {
  const value = entry[name] ?? [];
  if (!Array.isArray(value) || !value.every(isEntry)) {
    throw invalidParameter(`serialized_dashboard: '${name}' is not a list of objects`);
  }
  return value;
}

function atMost(count: number, limit: number, what: string): void {
  if (count > limit) throw invalidParameter(`serialized_dashboard: ${count} ${what}, but at most ${limit} are allowed`);
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
