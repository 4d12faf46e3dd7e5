import { groupSlug } from '@dpo/core';
import type { Finding, Path } from '../finding.ts';
import { entriesAt, spotAt, textAt, valueAt, type Located } from '../located.ts';
import { whereAt, type Range, type Sources } from '../source.ts';
import { shorten } from '../words.ts';

interface Mention {
  readonly name: string;
  readonly range: Range;
  readonly path: Path;
}

/** Names of groups that would stand for the same objects (U050), and renames that cannot be meant. */
export function checkGroups(sources: Sources, root: Located): readonly Finding[] {
  const mentions = mentionsIn(root);
  return [...empty(mentions), ...colliding(sources, mentions), ...renames(sources, root)];
}

function mentionsIn(root: Located): readonly Mention[] {
  const keysOf = (...path: readonly string[]): readonly Mention[] =>
    [...entriesAt(root, ...path)].map(([name, { key }]) => ({ name, range: key, path: [...path, name] }));
  const tables = [...entriesAt(root, 'monitored_tables').keys()].flatMap((table): readonly Mention[] => {
    const path = ['monitored_tables', table, 'monitor_group'];
    const name = textAt(root, ...path);
    return name === undefined ? [] : [{ name, range: spotAt(root, path).node.range, path }];
  });
  return [...keysOf('groups'), ...keysOf('alerting', 'group_notifications'), ...tables];
}

function empty(mentions: readonly Mention[]): readonly Finding[] {
  return mentions
    .filter(({ name }) => name.trim() === '')
    .map(({ range, path }) => {
      const message = 'a group has a blank name';
      return { code: 'CONFIG.GROUP', severity: 'error', message, hint: 'give it a name', range, path };
    });
}

/** One finding for each further name, wherever it comes first. */
function colliding(sources: Sources, mentions: readonly Mention[]): readonly Finding[] {
  const first = new Map<string, Mention>();
  const told = new Set<string>();
  return mentions.flatMap((mention) => {
    const { name, range, path } = mention;
    const slug = groupSlug(name);
    const other = first.get(slug);
    if (other === undefined) first.set(slug, mention);
    if (other === undefined || other.name === name || told.has(name) || name.trim() === '') return [];
    told.add(name);
    const at = whereAt(sources, other.range[0], range[0]);
    const message = `groups '${shorten(name)}' and '${shorten(other.name)}' at ${at} have the same identifier, '${slug}'`;
    const hint = 'spell them alike if they are one group, else give one of them another name';
    return [{ code: 'CONFIG.GROUP', severity: 'error', message, hint, range, path }];
  });
}

function renames(sources: Sources, root: Located): readonly Finding[] {
  const first = new Map<string, Mention>();
  return [...entriesAt(root, 'groups').keys()].flatMap((name): readonly Finding[] => {
    const path = ['groups', name, 'renamed_from'];
    const former = valueAt(root, ...path);
    if (typeof former !== 'string' || former.trim() === '') return [];
    const { range } = spotAt(root, path).node;
    const at = { code: 'CONFIG.GROUP', severity: 'error', range, path } as const;
    if (groupSlug(former) === groupSlug(name)) {
      const same = former === name ? 'its own name' : `'${shorten(former)}', which has the same identifier`;
      return [{ ...at, message: `'renamed_from' of group '${shorten(name)}' is ${same}`, hint: 'remove renamed_from' }];
    }
    const other = first.get(groupSlug(former));
    first.set(groupSlug(former), other ?? { name, range, path });
    if (other === undefined) return [];
    const where = whereAt(sources, other.range[0], range[0]);
    const message = `groups '${shorten(name)}' and '${shorten(other.name)}' at ${where} are both renamed from '${shorten(former)}'`;
    return [{ ...at, message, hint: 'only one group can take over the objects of another' }];
  });
}
