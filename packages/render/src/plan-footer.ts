import type { Plan } from '@dpo/core';
import { fingerprintText } from './fingerprint.ts';
import type { Frame } from './frame.ts';
import { ignoredText } from './ignored.ts';
import { indent, span, type Line, type Tone } from './line.ts';
import { padEnd, widthOf } from './measure.ts';
import { problemCount } from './problems.ts';
import { flow, wrap } from './rows.ts';
import { countOf, countText } from './words.ts';

/** Where what is typed begins. */
const column = 15;

/** Counts, missing consent, and how to approve exactly this plan. */
export function footerLines(frame: Frame): readonly Line[] {
  const { plan } = frame;
  if (isQuiet(plan)) return [[], noChanges(frame)];
  return [[], ...countLines(frame), ...consentLines(frame), ...approvalLines(plan)];
}

/** Nothing to do and nothing that kept it from being found out. */
function isQuiet(plan: Plan): boolean {
  if (plan.mode === 'destroy' && plan.orphans.length > 0) return false;
  const left = plan.drift.length + plan.blocked.length + (plan.deferred?.length ?? 0);
  return plan.ops.length === 0 && left === 0 && !plan.errored;
}

function noChanges(frame: Frame): Line {
  const { plan } = frame;
  if (plan.mode === 'destroy')
    return [span('Nothing to destroy.', 'strong'), span(` ${plan.owner} manages nothing here.`)];
  const ignored = ignoredText(frame);
  const arrived = plan.readiness?.length ?? 0;
  const follow = arrived === 0 ? '' : `, ${countText(arrived)} to follow metrics that arrived`;
  const skipped = plan.skipped.length === 0 ? '' : `, ${countText(plan.skipped.length)} skipped`;
  // What was not read may have drifted.
  const drift = plan.scope.refresh === undefined ? 'no drift' : `${countText(plan.scope.unread ?? 0)} unread`;
  return [
    span('No changes.', 'strong'),
    span(
      ` ${countOf(plan.unchanged, 'resource')} as declared, ${drift}${follow}${skipped}${ignored === '' ? '' : `, ${ignored}`}.`,
    ),
  ];
}

function countLines(frame: Frame): readonly Line[] {
  const { plan, style } = frame;
  const { summary } = plan;
  const ignored = ignoredText(frame);
  const count = (word: string, value: number, tone: Tone): Line =>
    value === 0 ? [span(`${word} 0`, 'quiet')] : [span(`${word} `), span(countText(value), tone)];
  const optional = (word: string, value: number, tone: Tone): readonly Line[] =>
    value === 0 ? [] : [count(word, value, tone)];
  const items = [
    count('create', summary.create, 'good'),
    count('adopt', summary.adopt, 'good'),
    count('update', summary.update, 'accent'),
    count('replace', summary.replace, 'bad'),
    count('delete', summary.delete, 'bad'),
    count('drift', summary.drift, 'warn'),
    ...optional('state only', summary.absorb + summary.forget, 'quiet'),
    ...optional('metrics arrived', plan.readiness?.length ?? 0, 'accent'),
    ...optional('deferred', plan.deferred?.length ?? 0, 'warn'),
    ...optional('blocked', plan.blocked.length, 'bad'),
    ...optional('orphans', plan.orphans.filter(({ fate }) => fate === 'kept').length, 'warn'),
    ...optional('skipped', plan.skipped.length, 'warn'),
    [span(`unchanged ${countText(plan.unchanged)}`, 'quiet')],
    ...(ignored === '' ? [] : [[span(ignored, 'quiet')]]),
  ];
  const lead = '  Plan  ';
  const lines = flow(items, { at: lead.length, separator: '  ' }, style);
  return lines.map((line, index) => (index === 0 ? [span(lead, 'strong'), ...line.slice(1)] : line));
}

function consentLines({ plan, style }: Frame): readonly Line[] {
  const flags = plan.requires.map(flagText);
  const width = Math.max(0, ...flags.map(widthOf));
  return plan.requires.flatMap(({ message }, index) => {
    const lead = [span(padEnd('  Needs', column), 'warn'), span(`${padEnd(flags[index] ?? '', width)}  `, 'strong')];
    return wrap(span(message), lead, style);
  });
}

function approvalLines(plan: Plan): readonly Line[] {
  // Consent that is missing is given with the flags of the command; everything else has to be mended first.
  if (plan.errored || (!plan.applyable && plan.requires.length === 0)) return refusal(plan);
  const print = fingerprintText(plan.fingerprint);
  return [[span(padEnd('  Fingerprint', column)), span(print, 'strong')]];
}

function refusal({ problems, ops }: Plan): readonly Line[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return [[indent(2), span('Cannot be applied: ', 'bad'), ...problemCount(errors)]];
  return [[indent(2), ops.length === 0 ? span('Nothing to apply', 'quiet') : span('Cannot be applied', 'bad')]];
}

function flagText({ flag, value }: Plan['requires'][number]): string {
  return value === undefined ? flag : `${flag} ${value}`;
}
