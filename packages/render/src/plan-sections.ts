import { kindOf, type Action, type ChangeSeverity, type KindName, type Op } from '@dpo/core';
import { wholeRows } from './block.ts';
import { driftRows, splitDrift, type DriftParts } from './drift-rows.ts';
import { findingRows } from './finding-rows.ts';
import type { Frame } from './frame.ts';
import { ignoredSection } from './ignored.ts';
import { indent, span } from './line.ts';
import { groupBy, opKey } from './op-groups.ts';
import { actionTones, opRows } from './op-rows.ts';
import { orphanSection } from './orphan-rows.ts';
import { wrap, type Row } from './rows.ts';
import type { Section } from './section.ts';
import { settingLines, sharedSettings, type Setting } from './settings.ts';
import { countOf, countText } from './words.ts';

/** New resources that read differently before what they have in common is said once. */
const fewGroups = 5;

/** Everything a plan says about resources, by risk. Each operation is in exactly one section. */
export function planSections(frame: Frame): readonly Section[] {
  const { plan } = frame;
  const parts = splitDrift(plan.ops, plan.drift);
  const of = (title: string, ...actions: readonly Action[]): Section =>
    opSection({ title, actions, ops: parts.ops }, frame);
  return [
    of('Replace', 'replace'),
    of('Delete', 'delete'),
    driftSection(parts, frame),
    of('Change', 'update'),
    of('Create', 'create'),
    of('Adopt', 'adopt'),
    of('State only', 'absorb', 'forget'),
    readinessSection(frame),
    orphanSection(frame),
    ...findingSections(frame),
    ignoredSection(frame),
  ];
}

/** What nobody has to decide: it follows from metrics, not from the config (W008). */
function readinessSection(frame: Frame): Section {
  const ops = (frame.plan.readiness ?? []).map((op) => ({ ...op, changes: [] }));
  const section = opSection({ title: 'Metrics arrived', actions: ['update'], ops }, frame);
  return { ...section, aside: 'views and access follow with an apply, or alone: dpo apply --readiness-only' };
}

interface OpPart {
  readonly title: string;
  readonly actions: readonly Action[];
  readonly ops: readonly Op[];
}

function opSection({ title, actions, ops }: OpPart, frame: Frame): Section {
  const mine = ops.filter((op) => actions.includes(op.action));
  const groups = groupBy(mine, (op) => opKey(op, frame.style.full === true));
  const [action = 'update'] = actions;
  const mixed = mine.some((op) => op.severity !== mine[0]?.severity);
  const shared =
    action === 'create' && groups.length > fewGroups ? sharedByKind(mine) : new Map<KindName, readonly Setting[]>();
  const rows = groups.flatMap((group) =>
    opRows(group, frame, { mixed, shared: shared.get(kindOf(group.first.address)) ?? [] }),
  );
  return {
    title,
    count: mine.length,
    tone: actionTones[action],
    aside: severityText(mine),
    rows: [...sharedRows(shared, frame), ...rows],
  };
}

/** What new resources of one kind have in common, said once; nothing for a kind with one new resource. */
function sharedByKind(ops: readonly Op[]): ReadonlyMap<KindName, readonly Setting[]> {
  const byKind = groupBy(ops, (op) => kindOf(op.address)).filter(({ items }) => items.length > 1);
  return new Map(byKind.map(({ first, items }) => [kindOf(first.address), sharedSettings(items)]));
}

function sharedRows(shared: ReadonlyMap<KindName, readonly Setting[]>, frame: Frame): readonly Row[] {
  return [...shared].flatMap(([kind, settings]): Row[] =>
    settings.length === 0
      ? []
      : [
          { left: [indent(4), span(`every new ${kind}`, 'strong')], whole: true },
          ...wholeRows(settingLines(settings, frame)),
        ],
  );
}

/** `destructive`, or `2 destructive, 1 safe` when they differ. */
function severityText(ops: readonly Op[]): string {
  const order: readonly ChangeSeverity[] = ['destructive', 'behaviour', 'safe'];
  const counts = order.flatMap((severity) => {
    const count = ops.filter((op) => op.severity === severity).length;
    return count === 0 ? [] : [{ severity, count }];
  });
  const [first] = counts;
  if (counts.length === 1 && first !== undefined) return first.severity;
  return counts.map(({ severity, count }) => `${countText(count)} ${severity}`).join(', ');
}

/** Outside changes; `parts` says which operations are told with them. */
export function driftSection({ items, elsewhere }: DriftParts, frame: Frame): Section {
  const elsewhereText = `${countOf(elsewhere.length, 'resource')} changed in config too: shown with that operation`;
  const pointer = elsewhere.length === 0 ? [] : wholeRows(wrap(span(elsewhereText, 'quiet'), [indent(4)], frame.style));
  return {
    title: 'Drift',
    count: items.length + elsewhere.length,
    tone: 'warn',
    aside: `changed outside dpo since state serial ${frame.plan.base.serial}`,
    rows: [...driftRows(items, frame), ...pointer],
  };
}

/** What is left alone, and why. */
export function findingSections(frame: Frame): readonly Section[] {
  const { plan, marks } = frame;
  const blocked = plan.blocked.map(({ address, code, because }) => ({ address, code, text: because }));
  const skipped = plan.skipped.map(({ address, code, reason }) => ({ address, code, text: reason }));
  const deferred = (plan.deferred ?? []).map(({ address, action, why, because }) => ({
    address,
    code: `${action}, ${why}`,
    text: because,
  }));
  return [
    {
      title: 'Deferred',
      count: deferred.length,
      tone: 'warn',
      aside: 'not approved; left for the next plan',
      rows: findingRows(deferred, { mark: marks.skipped, tone: 'warn' }, frame),
    },
    {
      title: 'Blocked',
      count: blocked.length,
      tone: 'bad',
      aside: 'nothing is done to these',
      rows: findingRows(blocked, { mark: marks.failed, tone: 'bad' }, frame),
    },
    {
      title: 'Skipped',
      count: skipped.length,
      tone: 'warn',
      aside: 'not planned; what is managed stays as it is',
      rows: findingRows(skipped, { mark: marks.skipped, tone: 'quiet' }, frame),
    },
  ];
}
