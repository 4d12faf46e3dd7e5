import { compareText } from '@dpo/core';
import { cutLine, indent, span, type Line } from './line.ts';
import { padEnd, widthOf } from './measure.ts';
import { groupBy } from './op-groups.ts';
import { paint } from './paint.ts';
import { wrap } from './rows.ts';
import { cutWidth, type Style } from './style.ts';

/** A file or a command that shows what a code is about. */
export interface Example {
  readonly title: string;
  /** `yaml`, `sh`. */
  readonly language: string;
  readonly text: string;
}

/** What the documentation says about one code. */
export interface Explanation {
  readonly code: string;
  readonly area: string;
  /** What the area is about: `the config file`. */
  readonly subject: string;
  readonly meaning: string;
  readonly remedy: string;
  /** Exit statuses for people: `1; 3 in a run`; a dash where it leads to none. */
  readonly exit: string;
  /** What holds for all codes of the area. */
  readonly note?: string;
  readonly causes: readonly string[];
  readonly examples: readonly Example[];
}

const left = 15;

/** Everything that is known of one code. */
export function renderExplanation(explanation: Explanation, style: Style): string {
  const { code, subject, meaning, remedy, exit, note, causes, examples } = explanation;
  const fact = (name: string, text: string): readonly Line[] =>
    wrap(span(text), [span(padEnd(`  ${name}`, left), 'strong')], style);
  return paint(
    [
      [span(code, 'strong'), span(`  ${subject}`, 'quiet')],
      [],
      ...fact('meaning', meaning),
      ...causes.flatMap((cause, index) => fact(index === 0 ? 'causes' : '', cause)),
      ...fact('what to do', remedy),
      ...fact('exit status', exit === '–' ? 'none: it does not end a command' : exit),
      ...(note === undefined ? [] : fact('note', note)),
      ...examples.flatMap(({ title, text }): Line[] => [
        [],
        [span(`  ${title}`, 'strong')],
        ...text.split('\n').map((line): Line => [indent(4), span(line)]),
      ]),
    ],
    style,
  );
}

/** One line for each code, cut at the width, under the name of its area. */
export function renderExplanations(explanations: readonly Explanation[], style: Style): string {
  const width = explanations.reduce((most, { code }) => Math.max(most, widthOf(code)), 0);
  const groups = groupBy(explanations, ({ area }) => area);
  const lines = groups.flatMap(({ first, items }, index): readonly Line[] => [
    ...(index === 0 ? [] : [[]]),
    [span(first.area, 'strong'), span(`  ${first.subject}`, 'quiet')],
    ...items
      .toSorted((a, b) => compareText(a.code, b.code))
      .map(({ code, meaning }) => {
        const line: Line = [span(padEnd(`  ${code}`, width + 4), 'accent'), span(firstSentence(meaning))];
        return cutLine(line, cutWidth(style), style);
      }),
  ]);
  return paint(lines, style);
}

/** A full stop within a name ends no sentence. */
function firstSentence(text: string): string {
  return /^.*?[.:](?= [A-Z])/u.exec(text)?.[0] ?? text;
}
