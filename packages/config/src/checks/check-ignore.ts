import { ignorable } from '@dpo/core';
import type { Finding, Path } from '../finding.ts';
import { entriesAt, spotAt, type Located } from '../located.ts';
import { didYouMean, shorten } from '../words.ts';

/** Every entry of an `ignore` that names no setting, or one that cannot be left alone. */
export function checkIgnore(root: Located): readonly Finding[] {
  const tables = [...entriesAt(root, 'monitored_tables').keys()].map((name): Path => ['monitored_tables', name]);
  return [['profile_defaults'], ...tables].flatMap((path) => entriesOf(root, [...path, 'ignore']));
}

function entriesOf(root: Located, path: Path): readonly Finding[] {
  const spot = spotAt(root, path);
  if (spot.path.length < path.length) return [];
  return (spot.node.items ?? []).flatMap(({ value, range }, index) =>
    typeof value === 'string' ? entry(value, { range, path: [...path, index] }) : [],
  );
}

function entry(text: string, at: Pick<Finding, 'range' | 'path'>): readonly Finding[] {
  const meant = ignorable(text);
  const named = `'${shorten(text)}'`;
  if (meant.status === 'known') return [];
  if (meant.status === 'fixed') {
    const message = `${named} cannot be ignored: ${meant.why}`;
    const hint = 'remove it from ignore; prevent_destroy: true refuses a plan that would replace the object';
    return [{ ...at, code: 'CONFIG.IGNORE', severity: 'error', message, hint }];
  }
  const withKind = meant.candidates.find((candidate) => candidate.endsWith(`.${text}`));
  const hint =
    withKind === undefined
      ? (didYouMean(text, meant.candidates) ?? 'write <kind>.<path>, such as monitor.schedule')
      : `did you mean '${withKind}'?`;
  return [
    { ...at, code: 'CONFIG.IGNORE', severity: 'error', message: `${named} is no setting of dpo's objects`, hint },
  ];
}
