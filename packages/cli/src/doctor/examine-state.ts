import { resolve } from 'node:path';
import type { Examination, Recorded } from '@dpo/core';
import { failedRead } from '@dpo/databricks';
import type { OpenedProject } from '../project.ts';

export interface StateFound {
  /** Undefined if it cannot be read. */
  readonly recorded: Recorded | undefined;
  readonly examinations: readonly Examination[];
}

/** Whether the state can be read, who holds it, and whether everybody may change it. Takes no lock. */
export async function examineState({ store }: OpenedProject, directory: string): Promise<StateFound> {
  const remote = /^(?:volume|azblob):/u.test(store.location);
  const place = remote ? [] : examinePlace(resolve(directory, store.location));
  try {
    const recorded = await store.read();
    return { recorded, examinations: [describe(recorded, store.location), ...place, await examineLock(store)] };
  } catch (error) {
    return { recorded: undefined, examinations: [failedRead(error, { check: 'state', verdict: 'fail' }), ...place] };
  }
}

function describe({ lineage, serial, resources, unfinished }: Recorded, location: string): Examination {
  const check = 'state';
  if (lineage === undefined) return { check, verdict: 'pass', message: `none yet; the first apply writes ${location}` };
  const count = `${String(resources.size)} ${resources.size === 1 ? 'resource' : 'resources'}`;
  const message = `${location}: ${count}, serial ${String(serial)}`;
  if (!unfinished) return { check, verdict: 'pass', message };
  return {
    check,
    verdict: 'warn',
    message: `${message}; an earlier run did not end`,
    hint: 'the next dpo apply looks what became of it and goes on from that',
  };
}

/** Every user of a workspace may manage what is under Shared: a state there is anybody's to change (W014). */
function examinePlace(path: string): readonly Examination[] {
  if (!/^\/Workspace\/Shared(\/|$)/u.test(path)) return [];
  return [
    {
      check: 'state',
      verdict: 'fail',
      message: `${path} is below /Workspace/Shared, where every user of the workspace may change it`,
      hint: 'keep it where only those who apply may write: targets.<name>.state.path, or --state',
    },
  ];
}

async function examineLock(store: OpenedProject['store']): Promise<Examination> {
  const check = 'lock';
  const holder = await store.holder();
  if (holder === undefined) return { check, verdict: 'pass', message: 'nobody holds the state' };
  const { id, who, host, pid, operation, since } = holder;
  return {
    check,
    verdict: 'warn',
    message: `held by ${who} on ${host} (process ${String(pid)}) since ${new Date(since).toISOString()}: ${operation}`,
    hint: `wait until it ends; if that run is gone: dpo state unlock ${id}`,
  };
}
