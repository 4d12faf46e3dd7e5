import { diffSpec, type SpecDiff } from '../diff/diff-spec.ts';
import { keepIgnored } from '../diff/ignored.ts';
import type { Marker, Observation } from '../live.ts';
import type { Drift, Reason } from '../plan-file.ts';
import type { Place } from '../problem.ts';
import type { RecordedResource } from '../recorded.ts';
import type { Spec } from '../spec.ts';
import { bornElsewhere, withBirthValues } from './birth.ts';
import type { Decision, DraftOp, Node } from './decision.ts';
import { isBoundElsewhere } from './elsewhere.ts';
import { guardedPaths, guardOf } from './guard.ts';

type Present = Extract<Observation, { status: 'present' }>;

/** The fate of an address that the config wants. Unreadable ones never come here. */
export function decideDesired(node: Node, spec: Spec): Decision {
  const { recorded, live } = node;
  if (live.status === 'unreadable') throw new TypeError('an unreadable object has no fate');
  if (isBoundElsewhere(live)) {
    return refused(node, 'PLAN.OTHER_WORKSPACE', {
      message: `${node.address} was made in another workspace: from here it is neither changed, refreshed nor replaced`,
      hint: 'monitor the table from one workspace only: take it out of one of the two configs',
    });
  }
  if (recorded === undefined)
    return live.status === 'absent' ? create(node, spec, 'config') : unrecorded(node, spec, live);
  if (recorded.status === 'replacing:deleted') {
    return live.status === 'absent' ? create(node, spec, 'interrupted') : unrecorded(node, spec, live);
  }
  if (otherIdentity(node, spec)) {
    return live.status === 'absent' ? renew(node, spec, recorded) : unrecorded(node, spec, live);
  }
  if (live.status === 'absent') return create(node, spec, recorded.status === 'purging' ? 'interrupted' : 'missing');
  if (live.id !== recorded.id) return otherObject(node, spec, live);
  if (bornElsewhere(node.kind, recorded, live.fields)) return unrecorded(node, spec, live);
  return compare(node, spec, live);
}

function otherIdentity({ kind, recorded }: Node, spec: Spec): boolean {
  return kind.identity !== undefined && recorded?.applied[kind.identity] !== spec[kind.identity];
}

/** Present, and the state does not know it: adopt what carries our marker, use a schema, refuse the rest. */
function unrecorded(node: Node, spec: Spec, live: Present): Decision {
  if (live.marker?.owner === node.owner) return adopt(node, spec, { live, notes: [lineageNote(node, live.marker)] });
  if (node.kind.existing === 'used') return { verdict: 'used' };
  if (live.marker !== undefined) {
    return refused(node, 'PLAN.OWNED_ELSEWHERE', {
      message: `${node.address} exists and belongs to '${live.marker.owner}', not to '${node.owner}'`,
      hint: `remove it from this config, or take it over: dpo import ${node.address}`,
    });
  }
  if (node.desired?.adopt === true) {
    return adopt(node, spec, {
      live,
      notes: ['it carries no marker of dpo: the state will be the only record that it is ours'],
    });
  }
  return refused(node, 'PLAN.FOREIGN', {
    message: `${node.address} exists and was not created by dpo`,
    hint: `take it over as it is with 'adopt: true' or: dpo import ${node.address}`,
  });
}

function lineageNote({ lineage }: Node, marker: Marker): string {
  if (marker.lineage === undefined) return 'it carries our marker: owner matches, lineage unknown';
  if (marker.lineage === lineage) return 'it carries our marker: an earlier run was interrupted before it was recorded';
  return 'it carries our marker with another lineage: the state was lost, or two configs use one project name';
}

function refused(node: Node, code: string, text: { readonly message: string; readonly hint: string }): Decision {
  const place = node.desired?.place;
  const problem = {
    code,
    severity: 'error' as const,
    address: node.address,
    ...text,
    ...(place === undefined ? {} : { place }),
  };
  return { verdict: 'refused', problem };
}

/** Another object behind the recorded name. Ours by its marker: adopt. A used kind: let go. Else a replace. */
function otherObject(node: Node, spec: Spec, live: Present): Decision {
  if (live.marker?.owner === node.owner) return adopt(node, spec, { live, notes: [lineageNote(node, live.marker)] });
  if (node.kind.existing === 'used') {
    return {
      verdict: 'op',
      op: {
        ...draft(node, 'forget', ['identity']),
        notes: ['another schema stands behind this name: it is used, not managed'],
      },
    };
  }
  return replace(node, spec, live);
}

function create(node: Node, spec: Spec, reason: Reason): Decision {
  const notes = [...(node.desired?.notes ?? []), ...(reason === 'interrupted' ? [interruption(node)] : [])];
  const op: DraftOp = {
    ...draft(node, 'create', [reason]),
    guard: { absent: true },
    spec,
    changes: newChanges(node, spec),
    notes,
  };
  if (reason !== 'missing') return { verdict: 'op', op };
  return { verdict: 'op', op, drift: { address: node.address, fate: 'recreated', changes: [] } };
}

function interruption({ recorded }: Node): string {
  return recorded?.status === 'purging'
    ? 'an earlier destroy was interrupted after its delete; the metric tables that it had not dropped are used again'
    : 'an earlier replace was interrupted after its delete';
}

/** Every declared leaf as a change from nothing, so that a create is shown like an update. */
function newChanges(node: Node, spec: Spec): DraftOp['changes'] {
  const input = { rules: node.kind.rules, recorded: {}, desired: spec, live: {}, from: originOf(node) };
  return diffSpec(input).changes;
}

/** The wanted spec of an object that stays: what is fixed since its birth, and what is ignored, is as it was. */
function standing({ kind, ignored }: Node, wanted: Spec, former: Spec): Spec {
  return keepIgnored(withBirthValues(kind, wanted, former), former, ignored);
}

/** A replace makes a new object, which is born as the config says now. */
function compare(node: Node, wanted: Spec, live: Present): Decision {
  const spec = standing(node, wanted, node.recorded?.applied ?? {});
  const diff = diffOf(node, wanted, live);
  const drift = driftOf(node, diff);
  if (node.replaceAsked || diff.changes.some((change) => change.forces === true)) return replace(node, wanted, live);
  const { ignored } = diff;
  if (diff.changes.length > 0) {
    const op = update(node, spec, { live, diff });
    return { verdict: 'op', op, ignored, ...(drift === undefined ? {} : { drift }) };
  }
  const spared = node.recorded?.status === 'purging';
  if (diff.absorbed.length === 0 && !spared && node.former === undefined) return { verdict: 'unchanged', ignored };
  const renamedOnly = diff.absorbed.length === 0 && !spared;
  const op: DraftOp = {
    ...draft(node, 'absorb', renamedOnly ? ['renamed'] : ['config']),
    id: live.id,
    spec,
    out: live.out,
    notes: [
      ...renameNote(node),
      ...(diff.absorbed.length === 0 ? [] : [`already so: ${diff.absorbed.join(', ')}`]),
      ...(spared ? ['an earlier destroy was interrupted before it deleted anything'] : []),
    ],
    ...guardMember(node, live, spec),
  };
  return { verdict: 'op', op, ignored, ...(drift === undefined ? {} : { drift }) };
}

function update(node: Node, spec: Spec, found: { readonly live: Present; readonly diff: SpecDiff }): DraftOp {
  return {
    ...draft(node, 'update', reasonsOf(found.diff)),
    id: found.live.id,
    spec,
    mask: found.diff.changes.map((change) => change.path),
    changes: found.diff.changes,
    notes: [...renameNote(node), ...(node.desired?.notes ?? [])],
    ...guardMember(node, found.live, spec),
  };
}

function renameNote({ former }: Node): readonly string[] {
  return former === undefined ? [] : [`renamed from ${former}`];
}

function adopt(
  node: Node,
  wanted: Spec,
  found: { readonly live: Present; readonly notes: readonly string[] },
): Decision {
  const spec = standing(node, wanted, found.live.fields);
  const diff = diffOf({ ...node, recorded: undefined }, wanted, found.live);
  const forcing = diff.changes.filter((change) => change.forces === true);
  if (forcing.length > 0) {
    return refused(node, 'PLAN.ADOPT_DIFFERS', {
      message: `${node.address} cannot be adopted: ${forcing.map((change) => change.label ?? change.path).join(', ')} cannot be changed in place`,
      hint: 'make the config say what the live object says, adopt, then change it',
    });
  }
  const op: DraftOp = {
    ...draft(node, 'adopt', ['marker']),
    id: found.live.id,
    spec,
    out: found.live.out,
    ...(diff.changes.length === 0 ? {} : { mask: diff.changes.map((change) => change.path) }),
    changes: diff.changes,
    notes: found.notes,
    ...guardMember(node, found.live, spec),
  };
  return { verdict: 'op', op, ignored: diff.ignored };
}

/**
 * The table behind the name is another one. The monitor of the former table is replaced if it still exists and is ours;
 * a stranger's is left alone. If it is gone with its table, nothing is lost.
 */
function renew(node: Node, spec: Spec, recorded: RecordedResource): Decision {
  const previous: Observation = node.previous ?? { status: 'absent', lookup: node.live.lookup };
  if (previous.status === 'unreadable') {
    return { verdict: 'blocked', code: 'PLAN.UNREADABLE', because: previous.problem.message };
  }
  const foreign =
    previous.status === 'present' &&
    (isBoundElsewhere(previous) ||
      (previous.marker !== undefined && previous.marker.owner !== node.owner) ||
      bornElsewhere(node.kind, recorded, previous.fields));
  if (foreign) {
    const made = create(node, spec, 'identity');
    const note = "the former table's monitor is somebody else's by now: it is left alone";
    return made.verdict === 'op' ? { ...made, op: { ...made.op, notes: [...made.op.notes, note] } } : made;
  }
  const previousGuard = guardOf(node.kind, previous, guardedPaths(node, recorded.applied));
  const op: DraftOp = {
    ...draft(node, 'replace', ['identity']),
    id: recorded.id,
    guard: { absent: true },
    ...(previousGuard === undefined ? {} : { previous_guard: previousGuard }),
    spec,
    changes: identityChange(node, spec),
    lost: previous.status === 'present' ? node.kind.lost('replace', recorded) : [],
    notes: ['the table behind this name is another one: it was dropped and created again, or renamed'],
  };
  return { verdict: 'op', op };
}

function replace(node: Node, spec: Spec, live: Present): Decision {
  const diff = diffOf(node, spec, live);
  const identity = live.id !== node.recorded?.id;
  const drift = driftOf(node, diff);
  const op: DraftOp = {
    ...draft(node, 'replace', identity ? ['identity'] : node.replaceAsked ? ['requested'] : reasonsOf(diff)),
    id: node.recorded?.id ?? live.id,
    spec,
    changes: diff.changes,
    lost: node.kind.lost('replace', node.recorded),
    notes: [...(node.desired?.notes ?? []), ...(node.replaceAsked ? ['asked for with --replace'] : [])],
    ...guardMember(node, live, spec),
  };
  return { verdict: 'op', op, ...(drift === undefined ? {} : { drift }) };
}

function reasonsOf(diff: SpecDiff): readonly Reason[] {
  return [...new Set(diff.changes.map((change) => change.reason))].toSorted();
}

/** Of a replace behind the same name only the identity is worth telling; the settings are those of the config. */
function identityChange({ kind, recorded }: Node, spec: Spec): DraftOp['changes'] {
  const path = kind.identity;
  if (path === undefined) return [];
  const label = kind.rules[path]?.label;
  const change = {
    path,
    recorded: recorded?.applied[path] ?? null,
    desired: spec[path] ?? null,
    reason: 'drift',
    forces: true,
  } as const;
  return [label === undefined ? change : { ...change, label }];
}

function diffOf(node: Node, spec: Spec, live: Present): SpecDiff {
  return diffSpec({
    rules: node.kind.rules,
    recorded: node.kind.normalise(node.recorded?.applied ?? {}),
    desired: spec,
    live: node.kind.normalise(live.fields),
    ...unreturnedOf(node.recorded),
    ignored: node.ignored,
    from: originOf(node),
  });
}

/** Of what is adopted or made anew nothing is known. */
function unreturnedOf(recorded: RecordedResource | undefined): Pick<RecordedResource, 'unreturned'> {
  return recorded?.unreturned === undefined ? {} : { unreturned: recorded.unreturned };
}

function driftOf(node: Node, diff: SpecDiff): Drift | undefined {
  if (diff.drifted.length === 0) return undefined;
  const changed = new Set(diff.changes.map((change) => change.path));
  const fate = diff.drifted.some((change) => changed.has(change.path)) ? 'reverted' : 'kept';
  return { address: node.address, fate, changes: diff.drifted };
}

function guardMember(node: Node, live: Present, spec: Spec): Pick<DraftOp, 'guard'> {
  const guard = guardOf(node.kind, live, guardedPaths(node, spec, node.recorded?.applied));
  return guard === undefined ? {} : { guard };
}

function draft(node: Node, action: DraftOp['action'], reasons: readonly Reason[]): DraftOp {
  const place = node.desired?.place;
  return {
    address: node.address,
    action,
    ...(node.former === undefined ? {} : { renamed_from: node.former }),
    reasons,
    changes: [],
    lost: [],
    notes: [],
    ...(node.ignored.length === 0 ? {} : { ignored: node.ignored }),
    ...(place === undefined ? {} : { from: place }),
  };
}

/** Place of a spec path: its own, else that of the nearest parent, else of the resource. */
function originOf({ desired }: Node): (path: string) => Place | undefined {
  return (path) => {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const place = desired?.origins[at];
      if (place !== undefined) return place;
    }
    return desired?.place;
  };
}
