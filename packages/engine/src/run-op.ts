import {
  DpoError,
  isDpoError,
  kindOf,
  kinds,
  refsIn,
  resolveRefs,
  isJsonObject,
  type Address,
  type Clock,
  type JsonObject,
  type Marker,
  type Op,
  type Outcome,
  type Problem,
  type Providers,
  type ReadContext,
  type RecordedResource,
  type Spec,
  type StateSession,
  type WriteContext,
} from '@dpo/core';
import { createResource, type Made } from './create-resource.ts';

/** Everything an operation may touch while it runs. */
export interface OpContext {
  readonly providers: Providers;
  readonly session: StateSession;
  readonly marker: Marker;
  readonly clock: Clock;
  /** Cuts running requests off. */
  readonly abort: AbortSignal;
  /** For how long one operation's requests may run. */
  readonly deadlineMs: number;
  readonly read: ReadContext;
  /** Outputs of what has been made or read, by address; operations add theirs. */
  readonly outputs: Map<Address, JsonObject>;
  /** Called before the first write request of an operation. */
  readonly onWrite: () => void;
}

/**
 * Carries one operation out: intent on disk, request, result on disk. Never rejects, except when the intent cannot be
 * written: then nothing was sent, and the run has to stop.
 */
export async function runOp(op: Op, context: OpContext): Promise<Outcome> {
  const operation = await context.session.start({
    address: op.address,
    action: op.action,
    ...(op.id === undefined ? {} : { id: op.id }),
    deadlineMs: context.deadlineMs,
  });
  try {
    const done = await carryOut(op, operation, context);
    await context.session.finish(operation, { status: 'done', entry: done.entry });
    if (done.out !== undefined) context.outputs.set(op.address, done.out);
    const id = done.entry?.id;
    return {
      address: op.address,
      action: op.action,
      status: 'done',
      ...(id === undefined ? {} : { id }),
      ...(done.note === undefined ? {} : { note: done.note }),
    };
  } catch (error) {
    const problem = problemOf(error, op.address);
    const unknown = problem.code === 'API.OUTCOME_UNKNOWN' || context.abort.aborted;
    await context.session.finish(operation, { status: 'failed', code: problem.code, unknown });
    return { address: op.address, action: op.action, status: 'failed', problem };
  }
}

interface Done {
  /** null: the state lets go of the address. */
  readonly entry: RecordedResource | null;
  readonly out?: JsonObject;
  readonly note?: string;
}

async function carryOut(op: Op, operation: number, context: OpContext): Promise<Done> {
  const provider = context.providers[kindOf(op.address)];
  const write: WriteContext = {
    clock: context.clock,
    signal: AbortSignal.any([context.abort, AbortSignal.timeout(context.deadlineMs)]),
  };
  switch (op.action) {
    case 'create':
      return kept(op, resolvedSpec(op, context), await create(op, write, context));
    case 'replace': {
      context.onWrite();
      await provider.delete({ address: op.address, id: op.id ?? '' }, write);
      const spec = resolvedSpec(op, context);
      await context.session.stage(
        operation,
        entryOf(op, spec, { id: op.id ?? '', out: {}, status: 'replacing:deleted' }),
      );
      return kept(op, spec, await create(op, write, context));
    }
    case 'update':
    case 'adopt': {
      const spec = resolvedSpec(op, context);
      const id = op.id ?? '';
      if (op.mask === undefined || op.mask.length === 0) return kept(op, spec, { id, out: op.out ?? {} });
      context.onWrite();
      return kept(op, spec, await provider.update({ address: op.address, id, spec, mask: op.mask }, write));
    }
    case 'absorb':
      return kept(op, resolvedSpec(op, context), { id: op.id ?? '', out: op.out ?? {} });
    case 'delete':
      context.onWrite();
      await provider.delete({ address: op.address, id: op.id ?? '' }, write);
      return { entry: null };
    case 'forget':
      return { entry: null };
  }
}

async function create(op: Op, write: WriteContext, context: OpContext): Promise<Made> {
  context.onWrite();
  const spec = resolvedSpec(op, context);
  const kind = kinds[kindOf(op.address)];
  const request = { address: op.address, spec, marker: context.marker };
  return createResource({ kind, provider: context.providers[kind.name], request, write, read: context.read });
}

function kept(op: Op, spec: Spec, made: Made): Done {
  const note = made.note === undefined ? {} : { note: made.note };
  if (made.used === true) return { entry: null, out: made.out, ...note };
  return { entry: entryOf(op, spec, { id: made.id, out: made.out }), out: made.out, ...note };
}

function entryOf(
  op: Op,
  spec: Spec,
  made: { readonly id: string; readonly out: JsonObject; readonly status?: RecordedResource['status'] },
): RecordedResource {
  const version = kinds[kindOf(op.address)].version;
  return { version, id: made.id, status: made.status ?? 'ok', applied: spec, out: made.out, needs: op.depends_on };
}

function resolvedSpec(op: Op, context: OpContext): Spec {
  const spec = resolveRefs(op.spec ?? {}, (reference) => context.outputs.get(reference.$ref)?.[reference.path]);
  const open = refsIn(spec)[0];
  if (open !== undefined) throw new TypeError(`${op.address}: ${open.path} of ${open.$ref} is still unknown`);
  return isJsonObject(spec) ? spec : {};
}

/** A rejected write as one problem of its address; a bug passes on. */
function problemOf(error: unknown, address: Address): Problem {
  if (isDpoError(error)) {
    const [first] = error.problems;
    if (first !== undefined) return { ...first, address };
  }
  if (error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return {
      code: 'API.OUTCOME_UNKNOWN',
      severity: 'error',
      address,
      message: 'the request was cut off and may have taken effect',
      hint: 'run dpo apply again: it looks before it writes',
    };
  }
  throw error instanceof Error
    ? error
    : new DpoError([{ code: 'API.MALFORMED', severity: 'error', message: String(error) }]);
}
