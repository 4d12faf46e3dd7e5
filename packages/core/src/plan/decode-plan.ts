import { isAddress } from '../address.ts';
import {
  anything,
  count,
  dictionary,
  flag,
  list,
  members,
  nullable,
  oneOf,
  record,
  ShapeError,
  text,
  textWhich,
  type Decoder,
} from '../decode.ts';
import { isJsonObject, type Json } from '../json.ts';
import { actions, planFormat, planModes, type Guard, type Plan } from '../plan-file.ts';
import { fail, type Place } from '../problem.ts';
import { digestOf } from './seal.ts';
import { withoutMember } from './without-member.ts';

const address = textWhich(isAddress, 'an address such as monitor:prod.ml.churn');
const position = members({ line: count, column: count });
const inFile = members({ file: text, start: position }, { end: position, path: text });
const byTag = members({ tag: text });
const byDefault = members({ default: oneOf(true) });

const place: Decoder<Place> = (value, path) => {
  if (isJsonObject(value) && 'tag' in value) return byTag(value, path);
  if (isJsonObject(value) && 'default' in value) return byDefault(value, path);
  return inFile(value, path);
};

const absent = members({ absent: oneOf(true) });
const seen = members({ id: text, hash: text });
const guard: Decoder<Guard> = (value, path) =>
  isJsonObject(value) && 'absent' in value ? absent(value, path) : seen(value, path);

const change = members(
  { path: text, reason: oneOf('config', 'drift', 'config+drift', 'inputs') },
  {
    label: text,
    recorded: anything,
    desired: anything,
    live: anything,
    unknown: oneOf(true),
    forces: oneOf(true),
    from: place,
    texts: members({}, { live: text, desired: text }),
  },
);

const leftover = members({ kind: oneOf('table', 'dashboard'), name: text });

const op = members(
  {
    address,
    action: oneOf(...actions),
    severity: oneOf('safe', 'behaviour', 'destructive'),
    reasons: list(
      oneOf(
        'config',
        'drift',
        'config+drift',
        'missing',
        'identity',
        'interrupted',
        'destroy',
        'removed',
        'marker',
        'requested',
        'renamed',
        'orphan',
        'inputs',
      ),
    ),
    needs: list(members({ address, need: oneOf('exists', 'ready', 'order') })),
    depends_on: list(address),
    changes: list(change),
    lost: list(text),
    notes: list(text),
  },
  {
    renamed_from: address,
    id: text,
    guard,
    previous_guard: guard,
    spec: record,
    out: record,
    mask: list(text),
    ignored: list(text),
    prevent_destroy: oneOf(true),
    decisions: members({ slices: dictionary(count) }),
    references: list(text),
    purge: list(leftover),
    from: place,
  },
);

const problem = members(
  { code: text, severity: oneOf('error', 'warning', 'note'), message: text },
  { hint: text, address, place, snippet: members({ line: count, text }) },
);

const required = {
  format: oneOf(planFormat),
  dpo: text,
  mode: oneOf(...planModes),
  owner: text,
  target: members({ name: text, host: text, workspace_id: text, metastore_id: text }),
  base: members({ lineage: nullable(text), serial: count }),
  scope: members(
    { partial: flag, complete: flag },
    {
      select: text,
      exclude: text,
      left: count,
      refresh: oneOf('changed', 'none'),
      unread: count,
      readiness: oneOf(true),
    },
  ),
  ops: list(op),
  drift: list(members({ address, fate: oneOf('reverted', 'recreated', 'kept'), changes: list(change) })),
  blocked: list(members({ address, code: text, because: text })),
  skipped: list(members({ address, code: text, reason: text })),
  orphans: list(members({ address, id: text, fate: oneOf('deleted', 'kept') }, { because: text })),
  used: list(address),
  names: dictionary(text),
  survives: list(text),
  problems: list(problem),
  unchanged: count,
  summary: members({
    replace: count,
    delete: count,
    update: count,
    create: count,
    adopt: count,
    absorb: count,
    forget: count,
    drift: count,
  }),
  requires: list(members({ flag: oneOf('--allow-deletes', '--allow-replace'), message: text }, { value: count })),
  applyable: flag,
  errored: flag,
  fingerprint: text,
  digest: text,
};

const planShape = members(required, {
  readiness: list(op),
  catalog: members({ read_at: text, age_seconds: count }),
  deferred: list(members({ address, action: oneOf(...actions), why: oneOf('new', 'changed', 'held'), because: text })),
  ignored: list(members({ path: text, addresses: list(address) }, { label: text })),
});

/** A plan as it can be shown: `unknown` names members that a newer dpo wrote and this one has left out. */
export interface ReadPlan {
  readonly plan: Plan;
  readonly unknown: readonly string[];
}

/**
 * Reads a plan document strictly, for applying. `name` is what messages call the file. Throws `DpoError`:
 * `PLAN.NOT_A_PLAN`, `PLAN.NEWER` (it says more than this version understands), `PLAN.DAMAGED` (cut short, or edited by
 * hand).
 */
export function decodePlan(content: string, name: string): Plan {
  const { plan, unknown } = readPlan(content, name);
  if (unknown.length === 0) return plan;
  return newer(name, plan, `${quote(unknown)} ${unknown.length === 1 ? 'is' : 'are'} unknown to this dpo`);
}

/** Reads a plan document for showing: members of a newer dpo are left out. Throws as `decodePlan` does otherwise. */
export function readPlan(content: string, name: string): ReadPlan {
  const value = parse(content, name);
  const format = isJsonObject(value) ? value['format'] : undefined;
  if (typeof format !== 'string' || !format.startsWith('dpo.plan/')) {
    const hint = 'a config is named with --config; a plan file is written by: dpo plan --out FILE';
    return fail({
      code: 'PLAN.NOT_A_PLAN',
      message: `'${name}' is not a plan file of dpo`,
      hint,
      place: { file: name, start: { line: 1, column: 1 } },
    });
  }
  if (format !== planFormat) newer(name, value, `its format is ${format}, this dpo reads ${planFormat}`);
  const whole = isJsonObject(value) && digestOf(value as unknown as Plan) === value['digest'];
  try {
    const { plan, unknown } = shapeOf(value);
    if (!whole) throw new ShapeError('digest', 'the digest of this content');
    return { plan, unknown };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    // Nobody edited it: this version does not know what it says.
    if (whole) newer(name, value, error.message);
    return fail({
      code: 'PLAN.DAMAGED',
      message: `plan file '${name}' was damaged or edited: ${error.message}`,
      hint: 'plan again: dpo plan --out FILE',
    });
  }
}

/** Throws `ShapeError` for anything but a member too many. */
function shapeOf(document: Json): ReadPlan {
  const unknown: string[] = [];
  for (let value = document; ;) {
    try {
      return { plan: planShape(value, ''), unknown };
    } catch (error) {
      if (!(error instanceof ShapeError) || error.unknown === undefined) throw error;
      unknown.push(error.path === '' ? error.unknown : `${error.path}.${error.unknown}`);
      value = withoutMember(value, error.path, error.unknown);
    }
  }
}

function newer(name: string, document: Json | Plan, why: string): never {
  const writer = 'dpo' in Object(document) ? (document as { readonly dpo: unknown }).dpo : undefined;
  const dpo = typeof writer === 'string' ? `dpo ${writer}` : 'the dpo that wrote it';
  return fail({
    code: 'PLAN.NEWER',
    message: `'${name}' was written by ${typeof writer === 'string' ? dpo : 'a newer dpo'}: ${why}`,
    hint: `use ${dpo}, or plan again: dpo plan --out FILE`,
  });
}

function quote(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}

function parse(content: string, name: string): Json {
  try {
    return JSON.parse(content) as Json;
  } catch (error) {
    const damaged = content.trimStart().startsWith('{') && content.includes('"dpo.plan/');
    const hint = damaged
      ? 'plan again: dpo plan --out FILE'
      : 'a config is named with --config; a plan file is written by: dpo plan --out FILE';
    const message = damaged ? `plan file '${name}' is cut short or damaged` : `'${name}' is not a plan file of dpo`;
    fail({ code: damaged ? 'PLAN.DAMAGED' : 'PLAN.NOT_A_PLAN', message, hint }, { cause: error });
  }
}

/** The bytes of a plan file: sorted keys would hide the story, so members keep the order in which they are read. */
export function encodePlan(plan: Plan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}
