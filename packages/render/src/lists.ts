import type { GroupRow, ResourceRow, TableRow } from '@dpo/core';
import { paint } from './paint.ts';
import { pageLines } from './pages.ts';
import { placeText } from './place-text.ts';
import type { Style } from './style.ts';
import { renderTable } from './table.ts';
import { span } from './line.ts';

/** One line a table; reasons at the end, so that they are cut last. */
export function renderTableRows(rows: readonly TableRow[], style: Style): string {
  if (rows.length === 0) return nothing('no tables: none is listed, and none is found', style);
  return renderTable(
    ['table', 'status', 'how', 'group', 'profile', 'from'],
    rows.map(({ table, status, how, group, profile_type: type, from }) => [
      table,
      status,
      how ?? '',
      group ?? '',
      type ?? '',
      from === undefined ? '' : placeText(from),
    ]),
    style,
  ).concat(reasonsText(rows, style));
}

/** Of what is skipped or undecided: why, one line each, never cut. */
function reasonsText(rows: readonly TableRow[], style: Style): string {
  const told = rows.flatMap(({ table, status, because }) =>
    because === undefined ? [] : [{ table, status, because }],
  );
  if (told.length === 0) return '';
  return paint(
    [
      [],
      ...told.map(({ table, status, because }) => [
        span(`${table} `, 'strong'),
        span(`${status}: `, 'warn'),
        span(`${because.reason} `),
        span(because.code, 'quiet'),
      ]),
    ],
    style,
  );
}

export function renderGroupRows(rows: readonly GroupRow[], style: Style): string {
  if (rows.length === 0) return nothing('no groups: no table gets a monitor', style);
  return renderTable(
    ['group', 'slug', 'tables', 'owner', 'description'],
    rows.map(({ group, slug, tables, owners, description }) => [
      group,
      slug,
      tables,
      owners.join(', '),
      description ?? '',
    ]),
    style,
  );
}

export function renderResourceRows(rows: readonly ResourceRow[], style: Style): string {
  if (rows.length === 0) return nothing('no resources: nothing is wanted, recorded or found', style);
  return renderTable(
    ['address', 'wanted', 'state', 'live', 'id', ''],
    rows.map(({ address, wanted, in_state: inState, live, id, marked, because }) => [
      address,
      wanted ? 'yes' : 'no',
      inState ? 'yes' : 'no',
      live,
      id ?? '',
      marked === true ? 'carries our marker, and nobody knows it' : (because?.reason ?? ''),
    ]),
    style,
  ).concat(paint(pageLines(rows), style));
}

function nothing(text: string, style: Style): string {
  return paint([[span(text, 'quiet')]], style);
}
