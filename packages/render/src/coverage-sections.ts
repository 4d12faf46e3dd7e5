import type { Coverage, UnreadableItem } from '@dpo/core';
import { span, type Line, type Tone } from './line.ts';
import type { Row } from './rows.ts';
import type { Section } from './section.ts';
import type { Style } from './style.ts';
import { countOf, countText } from './words.ts';

/** So many of a list are shown (U133). */
const most = 20;

interface Item {
  readonly name: string;
  readonly why?: string;
}

/** One section for each list that is not empty. */
export function coverageSections(found: Coverage, style: Style): readonly Section[] {
  const section = (title: string, tone: Tone, items: readonly Item[]): Section => ({
    title,
    count: items.length,
    tone,
    rows: rowsOf(items, style),
  });
  return [
    section(
      'Unmonitored',
      'bad',
      found.unmonitored.map(({ table, owner, detail }) => ({
        name: table,
        why: owner === null ? detail : `${detail}; owner ${owner}`,
      })),
    ),
    section('Unknown', 'bad', found.unknown.map(unreadable)),
    section(
      'Schemas that cannot be listed',
      'bad',
      found.unknown_schemas.map((item) => unreadable({ ...item, table: item.schema })),
    ),
    section(
      'Covered by the anomaly detection of their schema',
      'plain',
      found.by_schema.map(({ table }) => ({ name: table })),
    ),
    {
      ...section(
        'Stale',
        'warn',
        found.stale.map(({ table, days, last_refresh: last }) => ({
          name: table,
          why: `${countOf(days, 'day')} since the last refresh that succeeded (${last.slice(0, 10)})`,
        })),
      ),
      aside: `more than ${countOf(found.stale_after_days, 'day')}`,
    },
    section(
      'Never refreshed',
      'warn',
      found.never_refreshed.map(({ table, last_state: state }) => ({
        name: table,
        why: state === null ? 'no refresh was ever started' : `none succeeded; the last one is ${state}`,
      })),
    ),
    section('History unavailable', 'warn', found.history_unavailable.map(unreadable)),
    section(
      'Orphans',
      'warn',
      found.orphans.map(({ table, recorded }) => ({
        name: table,
        why: recorded ? 'not wanted any more: the next apply deletes it' : 'neither in the config nor in the state',
      })),
    ),
    section(
      "Others' monitors",
      'plain',
      found.others.map(({ table, owner }) => ({
        name: table,
        why: owner === null ? 'made without dpo' : `of ${owner}`,
      })),
    ),
  ];
}

function unreadable({ table, message, hint }: UnreadableItem & { readonly table: string }): Item {
  return { name: table, why: hint === undefined ? message : `${message}; ${hint}` };
}

function rowsOf(items: readonly Item[], style: Style): readonly Row[] {
  const shown = style.full === true ? items : items.slice(0, most);
  const rest = items.length - shown.length;
  const rows = shown.map(({ name, why }): Row => {
    const left: Line = [span('  '), span(name, 'strong')];
    return { left, whole: true, ...(why === undefined ? {} : { right: [span(why, 'quiet')] }) };
  });
  if (rest === 0) return rows;
  return [...rows, { left: [span(`  and ${countText(rest)} more (--full lists them)`, 'quiet')], whole: true }];
}
