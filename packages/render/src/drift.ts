import type { Plan } from '@dpo/core';
import { frameOf, type Frame } from './frame.ts';
import { ignoredSection, ignoredText } from './ignored.ts';
import { span, type Line } from './line.ts';
import { paint } from './paint.ts';
import { headerLines } from './plan-header.ts';
import { driftSection, findingSections } from './plan-sections.ts';
import { problemsLines } from './problems.ts';
import { sectionLines } from './section.ts';
import type { Style } from './style.ts';
import { countOf } from './words.ts';

/** Only what left the state outside of dpo, each with what the next apply makes of it; nothing of what the config changes. */
export function renderDrift(plan: Plan, style: Style): string {
  const frame = frameOf(plan, style);
  const items = plan.drift.map((drift) => ({ drift }));
  const errors = plan.problems.filter(({ severity }) => severity === 'error');
  const lines: readonly Line[] = [
    ...headerLines(frame, 'dpo drift'),
    ...sectionLines(
      [driftSection({ items, elsewhere: [], ops: [] }, frame), ...findingSections(frame), ignoredSection(frame)],
      style,
    ),
    ...(errors.length === 0 ? [] : [[], ...problemsLines(errors, style)]),
    [],
    verdict(frame),
  ];
  return paint(lines, style);
}

function verdict(frame: Frame): Line {
  const { drift, blocked } = frame.plan;
  const ignored = ignoredText(frame);
  const unread = `${blocked.length === 0 ? '' : ` ${countOf(blocked.length, 'resource')} could not be compared.`}${ignored === '' ? '' : ` ${ignored}.`}`;
  if (drift.length > 0) return [span(`${countOf(drift.length, 'resource')} drifted.`, 'warn'), span(unread)];
  return [span('No drift.', 'strong'), span(unread)];
}
