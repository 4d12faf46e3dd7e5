import { nameOf, type Plan, type PlanScope } from '@dpo/core';
import type { Frame } from './frame.ts';
import { indent, span, type Line, type Span } from './line.ts';
import { flow } from './rows.ts';
import { countOf, countText, durationText } from './words.ts';

const fewSchemas = 5;

const titles = { apply: 'dpo plan', 'refresh-only': 'dpo refresh-only plan' } as const;

/** Who plans what and where, what the plan does not cover, and which existing schemas it uses. */
export function headerLines({ plan, style, marks }: Frame, name?: string): readonly Line[] {
  const { target, base, owner, mode } = plan;
  const title: Span = mode === 'destroy' ? span('dpo destroy plan', 'bad') : span(name ?? titles[mode], 'strong');
  const items: readonly Line[] = [
    [title],
    [span('target '), span(target.name, 'strong')],
    [span(target.host.replace(/^https:\/\//, '').replace(/\/+$/, ''))],
    [span(`owner ${owner}`)],
    [span(base.lineage === null ? 'no state yet' : `state serial ${base.serial}`)],
  ];
  return [
    ...flow(items, { at: 0, separator: marks.between }, style),
    ...snapshotLines(plan.catalog, style),
    ...scopeLines(plan.scope),
    ...usedLines(plan.used.map(nameOf), style),
  ];

  function scopeLines({ complete, ...scope }: PlanScope): readonly Line[] {
    return [
      ...partialLines(scope, style),
      ...unreadLines(scope, style),
      ...(complete ? [] : [[span('incomplete: not everything could be read; nothing is deleted', 'warn')]]),
    ];
  }
}

/** What was not read for this is told with its age. */
export function snapshotLines(catalog: Plan['catalog'], style: Frame['style']): readonly Line[] {
  if (catalog === undefined) return [];
  const { read_at: at, age_seconds: age } = catalog;
  const text = `tags, tables and columns are ${durationText(age * 1000)} old: read ${at.slice(0, 19)}Z, from a snapshot`;
  return warning(text, style);
}

/** What the plan was limited to, as it was asked for, and how much lies outside. */
function partialLines(scope: Omit<PlanScope, 'complete'>, style: Frame['style']): readonly Line[] {
  const { partial, select, exclude, readiness, left = 0 } = scope;
  if (!partial) return [];
  const parts = [
    ...(readiness === true ? ['only what follows metrics that arrived'] : []),
    ...(select === undefined ? [] : [`only ${select}`]),
    ...(exclude === undefined ? [] : [`without ${exclude}`]),
  ];
  const outside = left === 0 ? '' : ` (${countOf(left, 'operation')} left out)`;
  return warning(`partial: ${parts.join(', ') || 'covers only what was selected'}${outside}`, style);
}

/** What was not read is what drift cannot be seen in. */
function unreadLines(scope: Omit<PlanScope, 'complete'>, style: Frame['style']): readonly Line[] {
  const { refresh, unread = 0 } = scope;
  if (refresh === undefined) return [];
  const taken = `${countOf(unread, 'resource')} taken from the state unread`;
  return warning(`--refresh ${refresh}: ${taken}; drift shows when they are read`, style);
}

/** As many lines as the width asks for. */
function warning(text: string, style: Frame['style']): readonly Line[] {
  const words = text.split(' ').map((word): Line => [span(word, 'warn')]);
  return flow(words, { at: 0, separator: ' ' }, style);
}

function usedLines(names: readonly string[], style: Frame['style']): readonly Line[] {
  if (names.length === 0) return [];
  const shown = style.full === true ? names : names.slice(0, fewSchemas);
  const rest = names.length - shown.length;
  const words = [...shown, ...(rest === 0 ? [] : [`and ${countText(rest)} more`])];
  const lead = names.length === 1 ? 'uses existing schema' : 'uses existing schemas';
  const [first, ...others] = flow(
    words.map((word): Line => [span(word)]),
    { at: lead.length + 1, separator: ', ' },
    style,
  );
  return [[span(`${lead} `, 'quiet'), ...(first ?? []).slice(1)], ...others.map((line) => [indent(0), ...line])];
}
