import { nameOf, type IgnoredSetting, type Plan } from '@dpo/core';
import { wholeRows } from './block.ts';
import type { Frame } from './frame.ts';
import { indent, span, type Line } from './line.ts';
import { flow, type Row } from './rows.ts';
import type { Section } from './section.ts';
import { countOf } from './words.ts';

/** `2 settings ignored`, and how to see which; empty when nothing is. */
export function ignoredText({ plan, style }: Pick<Frame, 'plan' | 'style'>): string {
  const count = countIgnored(plan);
  if (count === 0) return '';
  return `${countOf(count, 'setting')} ignored${style.full === true ? '' : ' (--full lists them)'}`;
}

/** What the config leaves alone; listed only when everything is. */
export function ignoredSection(frame: Frame): Section {
  const { plan, style } = frame;
  return {
    title: 'Ignored',
    count: countIgnored(plan),
    tone: 'quiet',
    aside: 'the config leaves these alone: not compared, not written',
    rows: style.full === true ? (plan.ignored ?? []).flatMap((setting) => settingRows(setting, frame)) : [],
  };
}

function countIgnored({ ignored = [] }: Plan): number {
  return ignored.reduce((sum, { addresses }) => sum + addresses.length, 0);
}

function settingRows({ path, label, addresses }: IgnoredSetting, { style }: Frame): readonly Row[] {
  const names = addresses.map((address): Line => [span(nameOf(address))]);
  return [
    { left: [indent(4), span(label ?? path, 'strong')], whole: true },
    ...wholeRows(flow(names, { at: 6, separator: ', ' }, style)),
  ];
}
