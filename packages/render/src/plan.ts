import type { Plan } from '@dpo/core';
import { frameOf } from './frame.ts';
import { span } from './line.ts';
import { paint } from './paint.ts';
import { footerLines } from './plan-footer.ts';
import { headerLines } from './plan-header.ts';
import { planSections } from './plan-sections.ts';
import { problemsLines } from './problems.ts';
import { purgedLines } from './purged.ts';
import { sectionLines } from './section.ts';
import type { Style } from './style.ts';
import { survivorLines } from './survivors.ts';
import { countText } from './words.ts';

/**
 * A plan as people read it before they approve it: by risk, one line for each changed leaf with its reason and place.
 * Every operation is printed or counted; what reads the same is printed once. Lines end with a line break; names,
 * messages and commands are never cut, values are cut to the width unless `full`.
 */
export function renderPlan(plan: Plan, style: Style): string {
  const frame = frameOf(plan, style);
  const lines = [
    ...headerLines(frame),
    ...sectionLines(planSections(frame), style),
    ...purgedLines(frame),
    ...survivorLines(frame),
    ...(plan.problems.length === 0
      ? []
      : [[], [span(`Problems ${countText(plan.problems.length)}`, 'strong')], ...problemsLines(plan.problems, style)]),
    ...footerLines(frame),
  ];
  return paint(lines, style);
}
