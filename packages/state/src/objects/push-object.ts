import { fail, type BlobStore } from '@dpo/core';
import type { Upgrades } from '../entry.ts';
import { decodePushed } from '../maintenance.ts';
import { encodeState, type Snapshot } from '../snapshot.ts';
import type { LoadedObjects } from './load-objects.ts';
import { retireRun, saveObject } from './save-object.ts';

export interface PushRequest {
  readonly blobs: BlobStore;
  readonly writer: string;
  readonly upgrades?: Upgrades;
  /** Saves what interrupted runs left. */
  readonly takeIn: () => Promise<void>;
}

/**
 * Puts a document as the next snapshot. The rescue copy of a run whose journal is still there is that run's end; every
 * other document follows on what is there, journals taken in.
 */
export async function pushObject(request: PushRequest, loaded: LoadedObjects, document: string): Promise<void> {
  const { blobs, takeIn } = request;
  const pushed = decodePushed(document, request);
  const [journal, ...others] = loaded.journals;
  const ofJournal = loaded.nexts[0];
  const isRescue =
    journal !== undefined &&
    others.length === 0 &&
    ofJournal !== undefined &&
    pushed.run === journal.header.run &&
    pushed.lineage === ofJournal.lineage &&
    pushed.serial === ofJournal.serial;
  if (isRescue) {
    await saveObject(blobs, { serial: pushed.serial, text: encodeState(pushed), before: loaded.snapshot?.serial ?? 0 });
    return retireRun(blobs, journal);
  }
  await takeIn();
  const present = loaded.nexts.findLast((next) => next !== undefined) ?? loaded.snapshot;
  if (present !== undefined && encodeState(present) === document) return;
  refuseUnfit(pushed, present);
  await saveObject(blobs, { serial: pushed.serial, text: encodeState(pushed), before: present?.serial ?? 0 });
}

function refuseUnfit(pushed: Snapshot, present: Snapshot | undefined): void {
  if (present === undefined) return;
  const refuse = (why: string, hint: string): never =>
    fail({ code: 'STATE.PUSH', message: `the pushed state is refused: ${why}`, hint });
  if (pushed.lineage !== present.lineage) {
    refuse(`it has lineage ${pushed.lineage}, the state here has ${present.lineage}`, 'push a state of this lineage');
  }
  if (pushed.serial !== present.serial + 1) {
    const hint = `pull the present one, make your change in it, set its serial to ${present.serial + 1}, and push that`;
    refuse(`it has serial ${pushed.serial}, the state here is at ${present.serial}`, hint);
  }
}
