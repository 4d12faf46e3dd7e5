import {
  canonical,
  isJsonArray,
  isJsonObject,
  isRef,
  kindOf,
  kinds,
  nameOf,
  type Json,
  type Op,
  type RuleTable,
} from '@dpo/core';
import type { Frame } from './frame.ts';
import { cellsIn, indent, span, type Line } from './line.ts';
import { metricLabel, metricsIn, metricText } from './metric-text.ts';
import { flow, wrap } from './rows.ts';
import { lineWidth } from './style.ts';
import { summaryOf } from './summary.ts';
import { valueText } from './value-text.ts';

/** One declared leaf of a new resource. */
export interface Setting {
  readonly label: string;
  readonly value: Json;
  /** In place of a long value, unless all of it is to be shown. */
  readonly summary?: string;
}

const indentation = 6;
/** Lines shown of one long value. */
const mostLines = 3;

/**
 * The declared leaves of an operation's spec that people know by a config key, in spec order. Left out are ids, generated
 * paths, empty lists, and what only repeats the resource's name.
 */
export function settingsOf(op: Op): readonly Setting[] {
  const { rules } = kinds[kindOf(op.address)];
  if (op.spec === undefined) return [];
  const protection = op.prevent_destroy === true ? [{ label: 'prevent_destroy', value: true }] : [];
  return [...leaves(op.spec, '', rules).filter(({ value }) => matters(value, nameOf(op.address))), ...protection];
}

/** Settings that all of these operations have in common. */
export function sharedSettings(ops: readonly Op[]): readonly Setting[] {
  const [first, ...others] = ops.map(settingsOf);
  const texts = others.map((settings) => new Set(settings.map(settingKey)));
  return (first ?? []).filter((setting) => texts.every((known) => known.has(settingKey(setting))));
}

export function withoutSettings(settings: readonly Setting[], shared: readonly Setting[]): readonly Setting[] {
  const known = new Set(shared.map(settingKey));
  return settings.filter((setting) => !known.has(settingKey(setting)));
}

function settingKey({ label, value }: Setting): string {
  return `${label} ${canonical(value)}`;
}

/** `label: value · label: value`, as many to a line as fit; a long value has lines of its own. */
export function settingLines(settings: readonly Setting[], frame: Frame): readonly Line[] {
  const { style, marks, pending } = frame;
  const lines: Line[] = [];
  let short: Line[] = [];
  const flush = (): void => {
    lines.push(...flow(short, { at: indentation, separator: marks.between }, style));
    short = [];
  };
  for (const { label, value, summary } of settings) {
    const text = (frame.style.full === true ? undefined : summary) ?? valueText(value, pending);
    const item = [span(`${label}: `, 'quiet'), span(text)];
    if (indentation + cellsIn(item) <= lineWidth(style)) {
      short.push(item);
    } else {
      flush();
      lines.push(...longSetting(label, text, frame));
    }
  }
  flush();
  return lines;
}

function longSetting(label: string, text: string, { style, marks }: Frame): readonly Line[] {
  const lead = [indent(indentation), span(`${label}: `, 'quiet')];
  const lines = wrap(span(text), lead, style);
  if (style.full === true || lines.length <= mostLines) return lines;
  return [...lines.slice(0, mostLines), [indent(cellsIn(lead)), span(marks.ellipsis)]];
}

function leaves(value: Json, path: string, rules: RuleTable): readonly Setting[] {
  if (isJsonObject(value) && !isRef(value)) {
    return Object.entries(value).flatMap(([key, item]) => leaves(item, path === '' ? key : `${path}.${key}`, rules));
  }
  const metrics = metricsIn(path, value);
  if (metrics !== undefined)
    return metrics.map(([name, metric]) => ({ label: metricLabel(name), value: metricText(metric) }));
  const rule = rules[path];
  // What is a hash, such as that of the query of a view, tells nobody anything about what is new.
  if (rule?.label === undefined || rule.rules.some((each) => 'composed' in each)) return [];
  // A create-only switch may be spelled the other way round in config; its own name is always right.
  const turned = typeof value === 'boolean' && rule.rules.some((each) => 'createOnly' in each);
  const label = turned ? path : rule.label;
  const summary = summaryOf(path, value);
  return [{ label, value, ...(summary === undefined ? {} : { summary }) }];
}

function matters(value: Json, name: string): boolean {
  if (isJsonArray(value)) return value.length > 0;
  return typeof value !== 'string' || value.toLowerCase() !== name;
}
