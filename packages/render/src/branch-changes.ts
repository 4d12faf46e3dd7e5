import { canonical, type Change } from '@dpo/core';
import { span, type Line } from './line.ts';
import type { Readable } from './said.ts';

const elementPath = /^branches\[source=([^\]]+)\]\.(.+)$/u;

/** Names of columns of the monitored table are called what the config calls them. */
const roles: Readonly<Record<string, string>> = {
  'roles.prediction': 'prediction_column',
  'roles.label': 'label_column',
  'roles.timestamp': 'timestamp_column',
  'roles.model_id': 'model_id_column',
};

interface Member {
  readonly source: string;
  readonly member: string;
  readonly change: Change;
}

/** The table and the member of it that a change of a view is about; undefined for other changes. */
export function branchMember(change: Change): Member | undefined {
  const [, source, member] = elementPath.exec(change.path) ?? [];
  return source === undefined || member === undefined ? undefined : { source, member, change };
}

/**
 * Changes of the tables of a view: which come and go, in one line, and for those that stay one line for each fact that
 * changes, however many tables it changes for.
 */
export function branchChanges(members: readonly Member[]): readonly Readable[] {
  const came = new Set<string>();
  const gone = new Set<string>();
  for (const { source, member, change } of members) {
    // Every branch has its metric table.
    if (member !== 'metrics') continue;
    if (change.recorded === undefined) came.add(source);
    if (change.desired === undefined) gone.add(source);
  }
  const [first] = members;
  if (first === undefined) return [];
  const moved = [...[...came].map((name) => ['+', name] as const), ...[...gone].map((name) => ['-', name] as const)];
  const whole = members.find(({ source }) => came.has(source) || gone.has(source));
  return [
    ...(whole === undefined
      ? []
      : [{ change: { ...bare(whole.change), path: 'branches', label: 'tables' }, said: tablesSaid(moved) }]),
    ...facts(members.filter(({ source }) => !came.has(source) && !gone.has(source))),
  ];
}

function bare({ path, reason, from }: Change): Change {
  return { path, reason, ...(from === undefined ? {} : { from }) };
}

/** A few beside the label; more on lines of their own, each of them, for a name is never left out. */
function tablesSaid(moved: readonly (readonly ['+' | '-', string])[]): NonNullable<Readable['said']> {
  const spans = moved.map(([sign, name]) => span(`${sign} ${name}`, sign === '+' ? 'good' : 'bad'));
  const [only] = spans;
  if (spans.length === 1 && only !== undefined) return { title: [only], below: [] };
  const counts = (['+', '-'] as const).flatMap((sign) => {
    const count = moved.filter(([each]) => each === sign).length;
    return count === 0 ? [] : [`${sign} ${String(count)}`];
  });
  return { title: [span(counts.join('  '), 'quiet')], below: spans.map((each): Line => [each]) };
}

function facts(members: readonly Member[]): readonly Readable[] {
  const alike = new Map<string, { readonly first: Member; readonly sources: string[] }>();
  for (const each of members) {
    const { recorded = null, desired = null, reason, unknown = false } = each.change;
    const key = canonical([each.member, recorded, desired, reason, unknown]);
    const found = alike.get(key);
    if (found === undefined) alike.set(key, { first: each, sources: [each.source] });
    else found.sources.push(each.source);
  }
  return [...alike.values()].map(({ first: { member, change }, sources }) => ({
    change: { ...change, label: roles[member] ?? member.replace(/^facts\./u, '') },
    of: sources,
  }));
}
