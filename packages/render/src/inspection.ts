import {
  nameOf,
  type EffectiveSetting,
  type FieldSides,
  type InspectedTable,
  type Inspection,
  type LiveSide,
  type NextStep,
  type FieldVerdict,
} from '@dpo/core';
import { indent, span, type Line, type Tone } from './line.ts';
import { padEnd, widthOf } from './measure.ts';
import { paint } from './paint.ts';
import { placeText } from './place-text.ts';
import { layoutRows, wrap, type Row } from './rows.ts';
import type { Style } from './style.ts';
import { tableLines } from './table.ts';
import { valueText, type Pending } from './value-text.ts';

const verdictWords: Readonly<Record<FieldVerdict, string>> = {
  same: '',
  config: 'to be written',
  drift: 'changed outside',
  'config+drift': 'to be written; changed outside',
  inputs: 'to be written; metrics arrived',
  absorbed: 'already so; only the state is behind',
  planned: '',
  removed: 'no longer declared',
  fixed: 'fixed since it was created',
  ignored: 'ignored',
  undeclared: 'not declared',
  unreturned: 'the service does not tell it',
  unread: '',
  differs: 'not as declared',
};

const fates = {
  reverted: 'the next apply sets it back',
  recreated: 'deleted outside dpo; the next apply creates it again',
  kept: 'it stays as it is now',
} as const;

/** Everything about one resource: what is wanted and where that comes from, what is live, what the state says. */
export function renderInspection(inspection: Inspection, style: Style): string {
  const { table } = inspection;
  return paint(
    [
      ...headLines(inspection, style),
      ...(table === undefined ? [] : tableFacts(table, style)),
      ...(table === undefined ? [] : settingLines(table.settings, style)),
      ...fieldLines(inspection, style),
      ...relationLines(inspection),
      ...titled(
        'Links',
        inspection.links.map(({ title, url }) => fact(title, url)),
      ),
    ],
    style,
  );
}

function headLines(inspection: Inspection, style: Style): readonly Line[] {
  const { address, status, because, from, live, recorded, next, drift, notes } = inspection;
  return [
    [span(address, 'strong'), span('  '), span(status, tones[status] ?? 'plain')],
    ...(because === undefined ? [] : factLines('why', `${because.reason} (${because.code})`, style)),
    ...(from === undefined ? [] : [fact('declared', placeText(from))]),
    ...factLines('live', liveText(live), style),
    fact('state', recorded === null ? 'not in the state' : recordedText(recorded)),
    ...factLines('next plan', nextText(next, because?.reason), style),
    ...(drift === undefined
      ? []
      : factLines('drift', `${drift.paths.join(', ') || 'the object'}: ${fates[drift.fate]}`, style)),
    ...notes.flatMap((note) => factLines('note', note, style)),
  ];
}

const tones: Readonly<Partial<Record<Inspection['status'], Tone>>> = {
  monitored: 'good',
  managed: 'good',
  planned: 'good',
  skipped: 'warn',
  unreadable: 'warn',
  undecided: 'warn',
  removed: 'bad',
};

function liveText(live: LiveSide): string {
  switch (live.status) {
    case 'present':
      return `id ${live.id}, ${live.owner === null ? 'without a marker of dpo' : `owner ${live.owner}`}`;
    case 'absent':
      return 'not there';
    case 'unreadable':
      return `cannot be read: ${live.reason} (${live.code})${live.hint === undefined ? '' : `; ${live.hint}`}`;
    case 'unknown':
      return `not looked at: ${live.reason}`;
  }
}

function recordedText({ id, status, prevent_destroy: guarded }: NonNullable<Inspection['recorded']>): string {
  return `id ${id}${status === 'ok' ? '' : `, ${status}`}${guarded ? ', prevent_destroy' : ''}`;
}

/** What is said already is not said again. */
function nextText(next: NextStep, told: string | undefined): string {
  switch (next.action) {
    case 'none':
      return 'nothing to do';
    case 'used':
      return 'nothing: an existing schema is used as it is';
    case 'blocked':
    case 'refused':
      return next.because === told ? `${next.action}: kept as it is` : `${next.action}: ${next.because} (${next.code})`;
    case 'delete':
    case 'forget':
      return `${next.action}, unless something that stays rests on it`;
    case 'absorb':
    case 'adopt':
    case 'create':
    case 'replace':
    case 'update':
      return `${next.action}${next.reasons.length === 0 ? '' : ` (${next.reasons.join(', ')})`}`;
  }
}

function tableFacts(table: InspectedTable, style: Style): readonly Line[] {
  const { how, table_type: type, table_id: id, labels, tags, metric_tables: metrics, primary_key: key } = table;
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  const marks = Object.entries(tags).map(([name, { value, inherited }]) => {
    const from = inherited === undefined ? '' : ` (inherited from ${inherited})`;
    return `${name}${value === '' ? '' : `=${value}`}${from}`;
  });
  const known = [metrics.profile, metrics.drift].filter((name) => name !== null);
  const keyText =
    key === null
      ? ''
      : `${key.columns.join(', ')} ${key.known_by === 'constraint' ? '(declared)' : '(a guess by its name)'}`;
  return titled('Table', [
    fact('name', table.name),
    ...(type === undefined ? [] : [fact('type', `${type}${id === undefined ? '' : `, id ${id}`}`)]),
    ...(how === undefined
      ? []
      : [fact('found by', { listed: 'its name in the config', pattern: 'a pattern', tag: 'its tags' }[how])]),
    ...(marks.length === 0 ? [] : factLines('tags', marks.join(', '), style)),
    ...(pairs.length === 0 ? [] : factLines('labels', pairs.join(', '), style)),
    ...(keyText === '' ? [] : [fact('primary key', `${keyText}, for information only`)]),
    fact('metrics', known.length === 0 ? 'no metric tables yet' : known.join(', ')),
  ]);
}

function settingLines(settings: readonly EffectiveSetting[], style: Style): readonly Line[] {
  if (settings.length === 0) return [];
  const width = settings.reduce((most, { key }) => Math.max(most, widthOf(key)), 0);
  const rows = settings.flatMap(({ key, value, from, reason }): readonly Row[] => [
    {
      left: [span(`  ${padEnd(key, width)}  `, 'quiet'), span(value === null ? 'null' : valueText(value, idsOnly))],
      right: [span(placeText(from), 'quiet')],
    },
    ...(reason === undefined ? [] : [{ left: [indent(width + 4), span(reason, 'quiet')] }]),
  ]);
  return [[], [span('Settings', 'strong')], ...layoutRows(rows, style)];
}

const idsOnly: Pending = { has: () => false, name: () => undefined };

function fieldLines({ fields, names, live, recorded }: Inspection, style: Style): readonly Line[] {
  if (fields.length === 0) return [];
  const pending: Pending = {
    has: () => true,
    name: (id) => (Object.hasOwn(names, id) ? names[id] : undefined),
  };
  const text = (value: FieldSides['desired']): string => (value === undefined ? '-' : valueText(value, pending));
  const sides = [
    ['desired', fields.some(({ desired }) => desired !== undefined)],
    ['live', live.status === 'present'],
    ['recorded', recorded !== null],
  ] as const;
  const shown = sides.filter(([, isThere]) => isThere).map(([side]) => side);
  // What is as desired is not said again, so that the line has room for what is not.
  const cell = (field: FieldSides, side: (typeof shown)[number]): string => {
    const isAgain = side !== 'desired' && field.desired !== undefined && style.full !== true;
    return isAgain && text(field[side]) === text(field.desired) ? '=' : text(field[side]);
  };
  const isTold = fields.some(({ verdict }) => verdictWords[verdict] !== '');
  const rows = fields.map((field) => [
    field.label ?? field.path,
    ...shown.map((side) => cell(field, side)),
    ...(isTold ? [verdictWords[field.verdict]] : []),
  ]);
  const heads = ['setting', ...shown, ...(isTold ? ['difference'] : [])];
  return [[], [span('Object', 'strong')], ...tableLines(heads, rows, style)];
}

function relationLines({ needs, needed_by: dependents }: Inspection): readonly Line[] {
  return titled('Graph', [
    ...needs.map(({ address, need }) => fact('needs', need === 'exists' ? address : `${address} (${need})`)),
    ...dependents.map((address) => fact('needed by', `${address.slice(0, address.indexOf(':'))} ${nameOf(address)}`)),
  ]);
}

function titled(title: string, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [[], [span(title, 'strong')], ...lines];
}

const factWidth = 18;

function fact(name: string, text: string): Line {
  return [span(padEnd(`  ${name}`, factWidth), 'quiet'), span(` ${text}`)];
}

function factLines(name: string, text: string, style: Style): readonly Line[] {
  return wrap(span(text), [span(padEnd(`  ${name}`, factWidth), 'quiet'), span(' ')], style);
}
