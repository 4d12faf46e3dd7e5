import {
  fail,
  isDpoError,
  type CreateRequest,
  type JsonObject,
  type Kind,
  type Observation,
  type Provider,
  type ReadContext,
  type WriteContext,
} from '@dpo/core';

/** What stands now. `used`: somebody else made it meanwhile and it is used as it is; the state does not record it. */
export interface Made {
  readonly id: string;
  readonly out: JsonObject;
  readonly used?: true;
  readonly note?: string;
}

export interface CreateResourceRequest {
  readonly kind: Kind;
  readonly provider: Provider;
  readonly request: CreateRequest;
  readonly write: WriteContext;
  readonly read: ReadContext;
}

/**
 * Creates and never duplicates. A create whose answer was lost, or that says "exists already", is followed by a read:
 * ours by its marker counts as made, absent is tried once more, a stranger's is an error.
 */
export async function createResource(work: CreateResourceRequest): Promise<Made> {
  try {
    return await work.provider.create(work.request, work.write);
  } catch (error) {
    const code = isDpoError(error) ? error.problems[0]?.code : undefined;
    if (code !== 'API.CONFLICT' && code !== 'API.OUTCOME_UNKNOWN') throw error;
    const found = await look(work);
    if (found.status === 'present') return taken(work, found);
    if (found.status === 'absent' && code === 'API.OUTCOME_UNKNOWN')
      return work.provider.create(work.request, work.write);
    throw error;
  }
}

function taken({ kind, request }: CreateResourceRequest, found: Extract<Observation, { status: 'present' }>): Made {
  if (found.marker?.owner === request.marker.owner) {
    return { id: found.id, out: found.out, note: 'an earlier request had already made it' };
  }
  if (kind.existing === 'used') {
    return { id: found.id, out: found.out, used: true, note: 'somebody else made it meanwhile: it is used as it is' };
  }
  return fail({
    code: 'PLAN.FOREIGN',
    address: request.address,
    message: `${request.address} was created by somebody else since the plan was made`,
    hint: 'plan again: dpo plan',
  });
}

async function look({ kind, provider, request, read }: CreateResourceRequest): Promise<Observation> {
  const lookup = kind.lookup(request.address, request.spec, undefined);
  for await (const observation of provider.observe([lookup], read)) return observation;
  throw new TypeError(`no observation of ${request.address}`);
}
