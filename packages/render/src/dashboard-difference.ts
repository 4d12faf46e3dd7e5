import { equalJson, isJsonArray, isJsonObject, type Json, type JsonObject } from '@dpo/core';
import { span, type Line, type Span } from './line.ts';
import type { Said } from './said.ts';
import { textDifference } from './text-difference.ts';
import { countOf } from './words.ts';

/** Lines shown of what differs in the queries. */
const mostLines = 24;

interface Named {
  readonly name: string;
  readonly title: string;
  readonly value: JsonObject;
}

/**
 * What differs between two contents of a dashboard: pages with their widgets, datasets with their queries; undefined where one of
 * them is no content.
 */
export function dashboardDifference(
  before: Json | undefined,
  after: Json | undefined,
  full: boolean,
): Said | undefined {
  const [old, now] = [contentOf(before), contentOf(after)];
  if (old === undefined || now === undefined) return undefined;
  const pages = between(listed(old, 'pages'), listed(now, 'pages'), pageLines);
  const datasets = between(listed(old, 'datasets'), listed(now, 'datasets'), () => []);
  const others = [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((key) => key !== 'pages' && key !== 'datasets' && !equalJson(old[key], now[key]))
    .map((key): Line => [span(`~ ${key}`, 'accent')]);
  const below = [
    ...pages.lines('page', widgetCount),
    ...others,
    ...datasets.lines('dataset', () => ''),
    ...queryLines(datasets.differing, full),
  ];
  const shown = full || below.length <= mostLines ? below : below.slice(0, mostLines);
  const rest = below.length - shown.length;
  return {
    title: [span([pages.count('page'), datasets.count('dataset')].filter((text) => text !== '').join(', '), 'quiet')],
    below: rest === 0 ? shown : [...shown, [span(`${countOf(rest, 'more line')} (--full shows all)`, 'quiet')]],
  };
}

function contentOf(value: Json | undefined): JsonObject | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    const content = JSON.parse(value) as Json;
    return isJsonObject(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function listed(content: JsonObject, key: string): readonly Named[] {
  const list = content[key];
  if (!isJsonArray(list)) return [];
  return list.filter(isJsonObject).map((value, index) => {
    const name = textIn(value, 'name') ?? `${String(index + 1)}`;
    return { name, title: textIn(value, 'displayName') ?? name, value };
  });
}

/** One of a name on both sides, with different values. */
interface Pair {
  readonly one: Named;
  readonly other: Named;
}

interface Between {
  readonly differing: readonly Pair[];
  count(noun: string): string;
  lines(noun: string, detail: (named: Named) => string): readonly Line[];
}

function between(
  before: readonly Named[],
  after: readonly Named[],
  changed: (one: Named, other: Named) => readonly Line[],
): Between {
  const known = new Map(before.map((each) => [each.name, each]));
  const names = new Set(after.map(({ name }) => name));
  const removed = before.filter(({ name }) => !names.has(name));
  const added = after.filter(({ name }) => !known.has(name));
  const differing = after.flatMap((other) => {
    const one = known.get(other.name);
    return one === undefined || equalJson(one.value, other.value) ? [] : [{ one, other }];
  });
  const all = removed.length + added.length + differing.length;
  const whole =
    (sign: string, tone: Span['tone'], noun: string) =>
    (detail: (named: Named) => string) =>
    (each: Named): Line => [span(`${sign} ${noun} ${each.title}`, tone), span(detail(each), 'quiet')];
  return {
    differing,
    count: (noun) => (all === 0 ? '' : `${countOf(all, noun)} ${all === 1 ? 'differs' : 'differ'}`),
    lines: (noun, detail) => [
      ...added.map(whole('+', 'good', noun)(detail)),
      ...removed.map(whole('-', 'bad', noun)(detail)),
      ...differing.flatMap(({ one, other }) => changed(one, other)),
    ],
  };
}

/** Datasets whose queries change alike are told once: most of them hold the same conditions. */
function queryLines(pairs: readonly Pair[], full: boolean): readonly Line[] {
  const alike = new Map<string, { readonly titles: string[]; readonly lines: readonly Line[] }>();
  for (const { one, other } of pairs) {
    const [before, after] = [queryOf(one.value), queryOf(other.value)];
    const lines = before === after ? [[span('not its query', 'quiet')]] : textDifference(before, after, full);
    const key = full ? other.name : JSON.stringify(changedIn(lines));
    const found = alike.get(key);
    if (found === undefined) alike.set(key, { titles: [other.title], lines });
    else found.titles.push(other.title);
  }
  return [...alike.values()].flatMap(({ titles, lines }) => [
    [span(`~ ${titles.length === 1 ? 'dataset' : `${String(titles.length)} datasets`} ${titles.join(', ')}`, 'accent')],
    ...lines,
  ]);
}

function changedIn(lines: readonly Line[]): readonly string[] {
  const texts = lines.map((line) => line.map(({ text }) => text).join(''));
  return texts.filter((text) => /^[+-]/u.test(text)).map((text) => text.replaceAll(/\s+/gu, ' '));
}

function pageLines(one: Named, other: Named): readonly Line[] {
  const [old, now] = [widgetsOf(one), widgetsOf(other)];
  const parts = [
    ...[...now].filter(([name]) => !old.has(name)).map(([, { title }]) => span(`  + ${title}`, 'good')),
    ...[...old].filter(([name]) => !now.has(name)).map(([, { title }]) => span(`  - ${title}`, 'bad')),
    ...[...now].flatMap(([name, { title, value }]) => {
      const former = old.get(name);
      return former === undefined || equalJson(former.value, value) ? [] : [span(`  ~ ${title}`, 'accent')];
    }),
  ];
  return [[span(`~ page ${other.title}`, 'accent'), ...(parts.length === 0 ? [span('  layout', 'quiet')] : parts)]];
}

function widgetCount(page: Named): string {
  return `  ${countOf(widgetsOf(page).size, 'widget')}`;
}

function widgetsOf({ value }: Named): ReadonlyMap<string, { readonly title: string; readonly value: JsonObject }> {
  const layout = isJsonArray(value['layout']) ? value['layout'].filter(isJsonObject) : [];
  return new Map(
    layout.map((place, index) => {
      const widget = isJsonObject(place['widget']) ? place['widget'] : {};
      const name = textIn(widget, 'name') ?? String(index + 1);
      return [name, { title: titleOf(widget) ?? name, value: place }] as const;
    }),
  );
}

function titleOf({ spec, multilineTextboxSpec: box }: JsonObject): string | undefined {
  if (box !== undefined) return 'text';
  if (!isJsonObject(spec) || !isJsonObject(spec['frame'])) return undefined;
  return textIn(spec['frame'], 'title');
}

function queryOf(dataset: JsonObject): string {
  const lines = dataset['queryLines'];
  if (isJsonArray(lines)) return lines.filter((line) => typeof line === 'string').join('');
  return textIn(dataset, 'query') ?? '';
}

function textIn(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' ? value : undefined;
}
