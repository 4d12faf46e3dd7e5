import {
  DpoError,
  fail,
  kindOf,
  kinds,
  ownerText,
  type Address,
  type DesiredResource,
  type Emit,
  type Observation,
  type Recorded,
  type RecordedResource,
  type Spec,
} from '@dpo/core';
import { observe } from '@dpo/engine';
import { systemClock } from './clock.ts';
import { desiredOf } from './desired-of.ts';
import { refuseOtherState } from './own-state.ts';
import type { Project } from './project.ts';
import { runIdentity } from './run-identity.ts';
import type { Session } from './session.ts';
import { suggestAddress } from './suggest.ts';

export interface ImportRequest {
  readonly project: Project;
  readonly session: Session;
  readonly address: string;
  /** Of the object, where the kind is not found by its name. */
  readonly id: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface Imported {
  readonly address: Address;
  readonly id: string;
  /** `project/target` that made it, if its marker says so. */
  readonly from: string | undefined;
}

type Present = Extract<Observation, { status: 'present' }>;

/**
 * Takes an existing object into the state without changing it. Only what tells the object from others is recorded, so
 * that the next plan shows every declared field as newly declared. Writes nothing to the workspace.
 */
export async function importResource(request: ImportRequest): Promise<Imported> {
  const { project, session } = request;
  const recorded = await project.store.read();
  refuseOtherState(recorded, { project, session });
  const wanted = await wantedResource(request, recorded);
  const { address } = wanted;
  if (recorded.resources.has(address)) {
    fail({ code: 'IMPORT.KNOWN', message: `the state knows ${address} already`, hint: 'nothing is to be imported' });
  }
  const live = await liveObject(request, wanted);
  await record(request, wanted, live);
  return { address, id: live.id, from: live.marker?.owner };
}

/** An object that the config does not want would be deleted by the next apply, so that it has to be declared first. */
async function wantedResource(request: ImportRequest, recorded: Recorded): Promise<DesiredResource> {
  const context = request.session.context(request.signal);
  const { resources } = await desiredOf({ ...request, mode: 'apply', recorded }, context);
  const wanted = request.address.toLowerCase();
  const found = resources.find(({ address }) => address === wanted);
  if (found !== undefined) return found;
  const addresses = resources.map(({ address }) => address);
  return fail({
    code: 'IMPORT.NOT_WANTED',
    message: `the config asks for no '${request.address}'`,
    hint:
      suggestAddress(request.address, addresses) ??
      `declare it in ${request.project.loaded.file} first, then import it`,
  });
}

async function liveObject(request: ImportRequest, { address, spec }: DesiredResource): Promise<Present> {
  const { session, id } = request;
  const lookup =
    id === undefined ? kinds[kindOf(address)].lookup(address, spec, undefined) : ({ by: 'id', address, id } as const);
  const live = await observe({
    lookups: new Map([[address, lookup]]),
    providers: session.providers,
    context: session.context(request.signal),
    emit: request.emit,
  });
  const found = live.get(address);
  if (found?.status === 'unreadable') throw new DpoError([{ ...found.problem, address }]);
  if (found?.status === 'present' && found.elsewhere === true) {
    fail({
      code: 'IMPORT.OTHER_WORKSPACE',
      message: `${address} was made in another workspace: it cannot be managed from here`,
      hint: 'import it with a target of that workspace',
      address,
    });
  }
  if (found?.status === 'present') return found;
  return fail({
    code: 'IMPORT.NOT_FOUND',
    message: `there is no ${address} to import${id === undefined ? '' : ` with id ${id}`}`,
    hint: 'dpo apply creates it',
  });
}

async function record(request: ImportRequest, { address, spec }: DesiredResource, live: Present): Promise<void> {
  const { project, session, environment } = request;
  const kind = kinds[kindOf(address)];
  const state = await project.store.open({
    ...runIdentity(environment, systemClock.now()),
    operation: 'import',
    plan: '',
    owner: ownerText(project.owner),
    target: session.target,
  });
  try {
    const telling = [kind.identity, kind.birthmark].filter((path) => path !== undefined);
    const entry: RecordedResource = {
      version: kind.version,
      id: live.id,
      status: 'ok',
      applied: pick(live.fields, telling),
      out: live.out,
      needs: kind
        .edges(spec)
        .map(({ to }) => to)
        .filter((to) => state.recorded.resources.has(to)),
    };
    const operation = await state.start({ address, action: 'adopt', id: live.id, deadlineMs: 0 });
    await state.finish(operation, { status: 'done', entry });
  } finally {
    await state.close();
  }
}

function pick(fields: Spec, paths: readonly string[]): Spec {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => paths.includes(key)));
}
