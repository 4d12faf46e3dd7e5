import { fail, type ManagedStateStore, type Run, type StateHold } from '@dpo/core';
import { encodeNote, noteIn } from './moved.ts';
import { decodeState, encodeState, type Snapshot } from './snapshot.ts';

export interface MigrateRequest {
  readonly source: ManagedStateStore;
  readonly destination: ManagedStateStore;
  readonly run: Run;
  /** Version of dpo. */
  readonly writer: string;
}

export interface Migrated {
  readonly serial: number;
  readonly resources: number;
  /** It had arrived before; nothing was left to do. */
  readonly already: boolean;
}

/**
 * Moves a state, under the locks of both places. First the source becomes a note that holds the state and says where it
 * goes, then the state is put and read back, then the note lets go of it: at no moment two places are a state, and
 * after a kill at any of them the same command goes on.
 */
export async function migrateState({ source, destination, run, writer }: MigrateRequest): Promise<Migrated> {
  const from = await source.hold(run);
  try {
    const to = await destination.hold(run);
    try {
      return await move({ from, to, source, target: destination.location, writer });
    } finally {
      await to.release().catch(() => undefined);
    }
  } finally {
    await from.release().catch(() => undefined);
  }
}

interface Move {
  readonly from: StateHold;
  readonly to: StateHold;
  readonly source: ManagedStateStore;
  /** Location of the destination. */
  readonly target: string;
  readonly writer: string;
}

async function move({ from, to, source, target, writer }: Move): Promise<Migrated> {
  const note = noteIn(from.text);
  if (note !== undefined && note.to !== target) {
    const what = note.state === undefined ? 'was moved' : 'is being moved';
    return refuse(
      `the state ${source.location} ${what} to ${note.to}`,
      `go on from there: dpo state migrate ${note.to}`,
    );
  }
  const text = note === undefined ? from.text : (note.state ?? to.text);
  if (text === undefined) {
    return fail({
      code: 'STATE.NOTHING',
      message: `there is no state at ${source.location}`,
      hint: 'nothing is to be moved: name the new place in the config',
    });
  }
  const snapshot = decodeState(text, { file: source.location, version: writer });
  const there = checkDestination(to, { snapshot, target, writer });
  const result = { serial: snapshot.serial, resources: snapshot.resources.size, already: false };
  if (note !== undefined && note.state === undefined) return { ...result, already: true };
  const { lineage, serial } = snapshot;
  if (note === undefined) await from.put(encodeNote({ to: target, lineage, serial, state: text }));
  const arriving = there ?? { ...snapshot, serial: Math.max(serial, to.leastSerial) };
  const written = encodeState(arriving);
  if (there === undefined) await to.put(written);
  if ((await to.current()) !== written) {
    return refuse(`what ${target} holds is not what was put there`, 'run the command again');
  }
  await to.addHistory(await source.history());
  await from.put(encodeNote({ to: target, lineage, serial: arriving.serial }));
  return { ...result, serial: arriving.serial };
}

/** What is at the destination already, if it is this state; everything else that is a state is refused. */
function checkDestination(
  to: StateHold,
  { snapshot, target, writer }: { readonly snapshot: Snapshot; readonly target: string; readonly writer: string },
): Snapshot | undefined {
  const note = noteIn(to.text);
  if (to.text === undefined || (note !== undefined && note.lineage === snapshot.lineage && note.state === undefined))
    return undefined;
  if (note !== undefined) {
    return refuse(`${target} is not free: its state goes to ${note.to}`, 'move to another place, or finish that first');
  }
  const there = decodeState(to.text, { file: target, version: writer });
  if (sameContent(there, snapshot)) return there;
  return refuse(
    `there is another state at ${target}: lineage ${there.lineage}, serial ${there.serial}; here it is ${snapshot.lineage}, serial ${snapshot.serial}`,
    'look which of the two is the right one: dpo state list --state PLACE; move the other one away',
  );
}

/** The serial may have been raised where the place had higher ones before. */
function sameContent(a: Snapshot, b: Snapshot): boolean {
  return a.serial >= b.serial && encodeState({ ...a, serial: b.serial }) === encodeState(b);
}

function refuse(message: string, hint: string): never {
  return fail({ code: 'STATE.MIGRATE', message, hint });
}
