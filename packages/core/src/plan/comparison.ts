import { diffSpec, type SpecDiff } from '../diff/diff-spec.ts';
import { keepIgnored } from '../diff/ignored.ts';
import type { Drift, Reason } from '../plan-file.ts';
import type { RecordedResource } from '../recorded.ts';
import type { Spec } from '../spec.ts';
import { withBirthValues } from './birth.ts';
import type { Node } from './decision.ts';
import { originOf, type Present } from './drafts.ts';

/** What is recorded, wanted and live of one resource, leaf by leaf. */
export function diffOf(node: Node, spec: Spec, live: Present): SpecDiff {
  return diffSpec({
    rules: node.kind.rules,
    recorded: node.kind.normalise(node.recorded?.applied ?? {}),
    desired: spec,
    live: node.kind.normalise(live.fields),
    ...unreturnedOf(node.recorded),
    held: node.held,
    ignored: node.ignored,
    from: originOf(node),
  });
}

/** Of what is adopted or made anew nothing is known. */
function unreturnedOf(recorded: RecordedResource | undefined): Pick<RecordedResource, 'unreturned'> {
  return recorded?.unreturned === undefined ? {} : { unreturned: recorded.unreturned };
}

/** The wanted spec of an object that stays: what is fixed since its birth, and what is ignored, is as it was. */
export function standing({ kind, ignored }: Node, wanted: Spec, former: Spec): Spec {
  return keepIgnored(withBirthValues(kind, wanted, former), former, ignored);
}

export function driftOf(node: Node, diff: SpecDiff): Drift | undefined {
  if (diff.drifted.length === 0) return undefined;
  const changed = new Set(diff.changes.map((change) => change.path));
  const fate = diff.drifted.some((change) => changed.has(change.path)) ? 'reverted' : 'kept';
  return { address: node.address, fate, changes: diff.drifted };
}

export function reasonsOf(diff: SpecDiff): readonly Reason[] {
  return [...new Set(diff.changes.map((change) => change.reason))].toSorted();
}
