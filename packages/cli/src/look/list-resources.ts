import {
  factsOfAddress,
  isInScope,
  kindOf,
  pageOf,
  type Address,
  type Desired,
  type Discovered,
  type Live,
  type Problem,
  type Recorded,
  type ResourceRow,
  type Scope,
} from '@dpo/core';
import { discover, readWorld } from '@dpo/engine';
import { systemClock } from '../clock.ts';
import { placesOf } from '../orphan-search.ts';
import type { Work } from '../project-command.ts';
import type { Session } from '../session.ts';
import { readWanted } from './read-wanted.ts';

export interface ListedResources {
  readonly rows: readonly ResourceRow[];
  readonly problems: readonly Problem[];
}

/** What is wanted, recorded, or ours by its marker only (ruling 5), and whether it is there. */
export async function listResources(work: Work, version: string): Promise<ListedResources> {
  const { project, session, signals, report, scope } = work;
  const context = session.context(signals.stop);
  const { desired, recorded, doubts } = await readWanted({ ...work, signal: signals.stop });
  const chosen = narrowed(scope, desired, recorded);
  const reading = { providers: session.providers, context, emit: report.emit };
  const { live } = await readWorld({
    ...reading,
    ...chosen,
    clock: systemClock,
    options: { mode: 'apply', version, consent: {}, environment: process.env },
  });
  // What lies outside of the selection is known all the same, and no stranger.
  const known = new Set([...desired.resources.map(({ address }) => address), ...recorded.resources.keys()]);
  const places = placesOf({ project, recorded, desired });
  const all = await discover({ ...reading, places, live });
  const found = all.found.filter(({ lookup: { address } }) => !known.has(address) && isMarked(scope, address));
  return {
    rows: rowsOf({ ...chosen, live, found }).map((row) => withPage(row, session.target)),
    problems: [...desired.problems, ...doubts, ...all.failed.map((problem) => asWarning(problem))],
  };
}

function isMarked(scope: Scope, address: Address): boolean {
  return isInScope(scope, { address, action: 'delete', facts: factsOfAddress(address) });
}

/** A search that could not look everywhere found less; what it found is true. */
function asWarning(problem: Problem): Problem {
  return { ...problem, severity: 'warning' };
}

function narrowed(scope: Scope, desired: Desired, recorded: Recorded): Pick<RowsRequest, 'desired' | 'recorded'> {
  const facts = new Map(desired.resources.map((resource) => [resource.address, resource.facts]));
  const isIn = (address: Address): boolean =>
    isInScope(scope, { address, action: 'update', facts: facts.get(address) ?? factsOfAddress(address) });
  return {
    desired: { ...desired, resources: desired.resources.filter(({ address }) => isIn(address)) },
    recorded: {
      ...recorded,
      resources: new Map([...recorded.resources].filter(([address]) => isIn(address))),
      intents: [],
    },
  };
}

function withPage(row: ResourceRow, { host, workspaceId }: Session['target']): ResourceRow {
  const url = pageOf(row.address, row.id, { host, workspace_id: workspaceId });
  return url === undefined ? row : { ...row, url };
}

interface RowsRequest {
  readonly desired: Desired;
  readonly recorded: Recorded;
  readonly live: Live;
  readonly found: Discovered['found'];
}

function rowsOf({ desired, recorded, live, found }: RowsRequest): readonly ResourceRow[] {
  const wanted = new Set(desired.resources.map(({ address }) => address));
  const rows = [...new Set([...wanted, ...recorded.resources.keys()])].map((address): ResourceRow => {
    const seen = live.get(address);
    const because =
      seen?.status === 'unreadable' ? { because: { code: seen.problem.code, reason: seen.problem.message } } : {};
    return {
      address,
      kind: kindOf(address),
      wanted: wanted.has(address),
      in_state: recorded.resources.has(address),
      live: seen?.status ?? 'unread',
      id: (seen?.status === 'present' ? seen.id : recorded.resources.get(address)?.id) ?? null,
      ...because,
    };
  });
  const marked = found.map(({ lookup: { address }, id }): ResourceRow => ({
    address,
    kind: kindOf(address),
    wanted: false,
    in_state: false,
    live: 'present',
    marked: true,
    id,
  }));
  return [...rows, ...marked].toSorted((a, b) => (a.address < b.address ? -1 : 1));
}
