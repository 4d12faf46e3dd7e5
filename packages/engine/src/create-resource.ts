import {
  fail,
  isDpoError,
  specHolds,
  type CreateRequest,
  type JsonObject,
  type Kind,
  type Observation,
  type Provider,
  type ReadContext,
  type Spec,
  type WriteContext,
} from '@dpo/core';
import { startDeadline } from './deadline.ts';

/** What stands now. `used`: somebody else made it meanwhile and it is used as it is; the state does not record it. */
export interface Made {
  readonly id: string;
  readonly out: JsonObject;
  /** The settings as the service returned them after our write; left out when nothing was written. */
  readonly fields?: Spec;
  readonly used?: true;
  readonly note?: string;
}

export interface CreateResourceRequest {
  readonly kind: Kind;
  readonly provider: Provider;
  readonly request: CreateRequest;
  readonly write: WriteContext;
  readonly read: ReadContext;
  /** For how long what stands may be looked for, after a create whose outcome is not known. */
  readonly lookMs: number;
  /** The create follows a delete of the same object, which may go on for a while after it was accepted. */
  readonly replacing: boolean;
}

/** Time between two tries while an accepted delete goes on. */
const deletePollMs = 2000;

/**
 * Creates and never duplicates. A create whose answer was lost, or that says "exists already", is followed by a read:
 * ours by its marker, and as it was asked for, counts as made; absent is tried once more; a stranger's is an error. In a
 * replace, ours in its former shape is what is being deleted: it is waited for, never taken.
 */
export async function createResource(work: CreateResourceRequest): Promise<Made> {
  return attempt(work, 1);
}

async function attempt(work: CreateResourceRequest, retries: number): Promise<Made> {
  try {
    return await work.provider.create(work.request, work.write);
  } catch (error) {
    const code = isDpoError(error) ? error.problems[0]?.code : undefined;
    if (code !== 'API.CONFLICT' && code !== 'API.OUTCOME_UNKNOWN') throw error;
    const found = await look(work);
    if (found === undefined) throw error;
    if (found.status === 'present')
      return taken(work, { found, unsure: code === 'API.OUTCOME_UNKNOWN' || retries === 0, retries });
    const again = found.status === 'absent' && code === 'API.OUTCOME_UNKNOWN' && retries > 0;
    if (again) return attempt(work, retries - 1);
    throw error;
  }
}

type Present = Extract<Observation, { status: 'present' }>;

interface Taken {
  readonly found: Present;
  /** A create of ours was sent and its answer was lost. */
  readonly unsure: boolean;
  readonly retries: number;
}

async function taken(work: CreateResourceRequest, { found, unsure, retries }: Taken): Promise<Made> {
  const { kind, request, write } = work;
  // Where there is no room for a marker, an answer that was lost leaves nobody else to have made what is as asked for.
  const ours = found.marker?.owner === request.marker.owner || (kind.unmarked === true && unsure);
  if (ours && specHolds(kind.rules, kind.normalise(request.spec), kind.normalise(found.fields))) {
    return { id: found.id, out: found.out, fields: found.fields, note: 'an earlier request had already made it' };
  }
  if (ours && work.replacing) {
    await write.clock.sleep(deletePollMs, write.signal);
    return attempt(work, retries);
  }
  if (kind.existing === 'used') {
    return { id: found.id, out: found.out, used: true, note: 'somebody else made it meanwhile: it is used as it is' };
  }
  const message = ours
    ? `${request.address} was created by another run since the plan was made, and differs`
    : `${request.address} was created by somebody else since the plan was made`;
  return fail({
    code: ours ? 'PLAN.STALE' : 'PLAN.FOREIGN',
    address: request.address,
    message,
    hint: 'plan again: dpo plan',
  });
}

/** `undefined` if it takes too long. */
async function look(work: CreateResourceRequest): Promise<Observation | undefined> {
  const { kind, provider, request, read, write } = work;
  const lookup = kind.lookup(request.address, request.spec, undefined);
  const deadline = startDeadline(write.clock, work.lookMs, read.signal);
  try {
    const context = { ...read, signal: deadline.signal };
    for await (const observation of provider.observe([lookup], context)) return observation;
  } catch (error) {
    if (read.signal.aborted || !deadline.signal.aborted) throw error;
    return undefined;
  } finally {
    deadline.end();
  }
  throw new TypeError(`no observation of ${request.address}`);
}
