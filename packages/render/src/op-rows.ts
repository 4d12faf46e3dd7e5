import { kindOf, kinds, type Action, type Change, type Op, type Reason } from '@dpo/core';
import { headRow, nameRows, remarkRows, wholeRows } from './block.ts';
import { changeRows, type ChangeLine } from './change-rows.ts';
import type { Frame } from './frame.ts';
import { span, type Line, type Tone } from './line.ts';
import { isIdentity, type Group } from './op-groups.ts';
import { placesText } from './place-text.ts';
import { readable } from './readable-changes.ts';
import type { Row } from './rows.ts';
import { settingLines, settingsOf, withoutSettings, type Setting } from './settings.ts';

/** Names of what is lost are listed further than names of what is changed. */
const namesOfLost = 20;

export const actionTones: Readonly<Record<Action, Tone>> = {
  replace: 'bad',
  delete: 'bad',
  update: 'accent',
  create: 'good',
  adopt: 'good',
  absorb: 'quiet',
  forget: 'quiet',
};

const reasonWords: Readonly<Partial<Record<Reason, string>>> = {
  missing: 'deleted outside dpo',
  identity: 'another object behind the same name',
  interrupted: 'finishes an interrupted run',
  removed: 'no longer declared',
  marker: 'already there',
  orphan: 'ours by its marker only',
};

const stateOnly: Readonly<Partial<Record<Action, string>>> = {
  absorb: 'only the state changes',
  forget: 'only the state forgets it',
};

/** What a section has said already, or must say for each block. */
export interface SectionLook {
  /** The section holds several severities. */
  readonly mixed: boolean;
  readonly shared: readonly Setting[];
}

/** The block of one operation, or of operations that read the same. */
export function opRows({ first, items }: Group<Op>, frame: Frame, look: SectionLook): readonly Row[] {
  const addresses = items.map((op) => op.address);
  const most = mostNames(first, frame, addresses.length);
  return [
    headRow(
      {
        mark: frame.marks.actions[first.action],
        tone: actionTones[first.action],
        kind: kindOf(first.address),
        addresses,
        right: headEnd(first, items, look.mixed),
      },
      frame,
    ),
    ...nameRows(addresses, most, frame),
    ...opBody({ first, items }, frame, look.shared),
  ];
}

/** What only its marker names is listed to the last one: no state can tell it, and no config. */
function mostNames({ action, reasons }: Op, { plan }: Frame, all: number): number {
  if (action !== 'delete' && action !== 'replace') return 0;
  const blind = plan.mode === 'destroy' && plan.base.lineage === null;
  return blind || reasons.includes('orphan') ? all : namesOfLost;
}

/** Everything below the head: changes or settings, what is lost, remarks. */
export function opBody({ first, items }: Group<Op>, frame: Frame, shared: readonly Setting[] = []): readonly Row[] {
  const created = (): readonly Row[] => wholeRows(settingLines(withoutSettings(settingsOf(first), shared), frame));
  return [
    ...(first.action === 'create' ? created() : changeRows(changeLines({ first, items }, frame), frame)),
    ...remarkRows(first.lost, span(frame.marks.loss, 'warn'), frame),
    ...remarkRows(
      items.flatMap((op) => op.notes),
      span(frame.marks.remark, 'quiet'),
      frame,
    ),
  ];
}

/** Changes of a group with the places of all its members. */
export function changeLines(
  { first, items }: Group<Pick<Op, 'address' | 'changes'>>,
  frame: Frame,
): readonly ChangeLine[] {
  const full = frame.style.full === true;
  const all = items.map((item) => readable(item, full));
  return readable(first, full).map((line, index) => {
    const places = all.flatMap((lines) => lines[index]?.change.from ?? []);
    const instead = full ? undefined : identityText(first, line.change);
    return instead === undefined ? { ...line, places } : { ...line, places, instead };
  });
}

function identityText(item: Pick<Op, 'address'>, change: Change): string | undefined {
  if (!isIdentity(item, change)) return undefined;
  const rule = kinds[kindOf(item.address)].rules[change.path]?.rules.find((candidate) => 'immutable' in candidate);
  return rule !== undefined && 'immutable' in rule ? rule.immutable : 'another id';
}

function headEnd(op: Op, items: readonly Op[], mixed: boolean): readonly Line[] {
  const reasons = op.reasons.filter((reason) => !isSaid(reason, op));
  const words = [stateOnly[op.action], ...reasons.map((reason) => reasonWords[reason])].filter(
    (word) => word !== undefined,
  );
  const places = op.changes.length > 0 && op.action !== 'create' ? [] : items.flatMap(({ from }) => from ?? []);
  return [
    ...words.map((word): Line => [span(word, 'warn')]),
    ...(mixed ? [[span(op.severity, 'warn')]] : []),
    ...(places.length === 0 ? [] : [[span(placesText(places), 'quiet')]]),
  ];
}

/** True when the block's other lines give the reason. */
function isSaid(reason: Reason, op: Op): boolean {
  if (reason === 'missing') return op.action === 'forget';
  return reason === 'identity' && (op.notes.length > 0 || op.changes.some((change) => isIdentity(op, change)));
}
