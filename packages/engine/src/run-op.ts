import {
  DpoError,
  fillReferences,
  isDpoError,
  kindOf,
  kinds,
  refsIn,
  resolveRefs,
  withoutIgnored,
  isJsonObject,
  type Address,
  type Clock,
  type Environment,
  type JsonObject,
  type Marker,
  type Op,
  type Outcome,
  type Problem,
  type Provider,
  type Providers,
  type ReadContext,
  type RecordedResource,
  type Spec,
  type StateSession,
  type WriteContext,
} from '@dpo/core';
import { confirmFields } from './confirm-fields.ts';
import { createResource } from './create-resource.ts';
import { startDeadline } from './deadline.ts';
import { doneWith, entryOf, type Done } from './entry-after.ts';
import { intentOf } from './intent-of.ts';

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
  /** What the references of the plan stand for. */
  readonly environment: Environment;
  /** Outputs of what has been made or read, by address; operations add theirs. */
  readonly outputs: Map<Address, JsonObject>;
  /** Called before the first write request of an operation. */
  readonly onWrite: () => void;
}

/**
 * Carries one operation out: intent on disk, request, result on disk. Rejects only when the state cannot be written (if
 * it is the intent, nothing was sent) or when dpo itself is wrong; then the run has to stop.
 */
export async function runOp(op: Op, context: OpContext): Promise<Outcome> {
  // Begins before the intent is stamped: nothing may take effect later than the intent says.
  const deadline = startDeadline(context.clock, context.deadlineMs, context.abort);
  try {
    return await runRecorded(op, context, { clock: context.clock, signal: deadline.signal });
  } finally {
    deadline.end();
  }
}

async function runRecorded(op: Op, context: OpContext, write: WriteContext): Promise<Outcome> {
  const { address, action } = op;
  const { session, deadlineMs } = context;
  const operation = await session.start(intentOf(op, deadlineMs));
  const result = await attempt(op, { ...context, operation, write });
  if (result.status === 'failed') {
    const { problem } = result;
    const unknown = problem.code === 'API.OUTCOME_UNKNOWN' || context.abort.aborted;
    await session.finish(operation, { status: 'failed', code: problem.code, unknown });
    return { address, action, status: 'failed', problem };
  }
  const { entry, out, note, letGo } = result.done;
  if (out !== undefined) context.outputs.set(address, out);
  await session.finish(operation, { status: 'done', entry });
  return {
    address,
    action: letGo === true ? 'forget' : action,
    status: 'done',
    ...(entry === null ? {} : { id: entry.id }),
    ...(note === undefined ? {} : { note }),
  };
}

/** What one operation has of its own. */
interface OpWork extends OpContext {
  readonly operation: number;
  readonly write: WriteContext;
}

type Result =
  | { readonly status: 'done'; readonly done: Done }
  | { readonly status: 'failed'; readonly problem: Problem };

async function attempt(op: Op, work: OpWork): Promise<Result> {
  try {
    return { status: 'done', done: await carryOut(op, work) };
  } catch (error) {
    return { status: 'failed', problem: problemOf(error, op.address) };
  }
}

async function carryOut(op: Op, work: OpWork): Promise<Done> {
  const provider = work.providers[kindOf(op.address)];
  const id = op.id ?? '';
  const before = work.session.recorded.resources.get(op.renamed_from ?? op.address);
  switch (op.action) {
    case 'create':
      return create(op, resolvedSpec(op, work), work);
    case 'replace': {
      const spec = resolvedSpec(op, work);
      work.onWrite();
      await removeLive(op, provider, work.write);
      await work.session.stage(work.operation, entryOf(op, spec, { id, out: {}, status: 'replacing:deleted' }));
      return create(op, spec, work);
    }
    case 'update':
    case 'adopt': {
      const spec = resolvedSpec(op, work);
      if (op.mask === undefined || op.mask.length === 0)
        return doneWith(op, spec, { made: { id, out: op.out ?? {} }, before });
      const sent = withoutIgnored(sentSpec(op, spec, work), op.ignored ?? []);
      work.onWrite();
      const updated = await provider.update(
        {
          address: op.address,
          ...(op.renamed_from === undefined ? {} : { formerly: op.renamed_from }),
          id,
          spec: sent,
          mask: op.mask,
        },
        work.write,
      );
      const made = await confirmFields(op, spec, { ...work, made: updated, before, provider });
      return doneWith(op, spec, { made, before });
    }
    case 'absorb':
      return doneWith(op, resolvedSpec(op, work), { made: { id, out: op.out ?? {} }, before });
    case 'delete':
      // Before the delete: what it leaves behind is known to nobody once the object is gone.
      if (op.purge !== undefined) await work.session.stage(work.operation, purgingEntry(op, work));
      work.onWrite();
      return remove(op, provider, work.write);
    case 'forget':
      return { entry: null };
  }
}

/** What got content since the plan was made is let go of: its content is not ours to delete. */
async function remove(op: Op, provider: Provider, write: WriteContext): Promise<Done> {
  try {
    await removeLive(op, provider, write);
    return { entry: null };
  } catch (error) {
    const [problem] = isDpoError(error) ? error.problems : [];
    if (problem?.code !== 'API.NOT_EMPTY') throw error;
    return { entry: null, letGo: true, note: `it stays: ${problem.message}` };
  }
}

/** Enough to find the object and what it leaves behind again, also where the state had lost it. */
function purgingEntry(op: Op, { session }: OpWork): RecordedResource {
  const { version, identity } = kinds[kindOf(op.address)];
  const id = op.id ?? '';
  const known = session.recorded.resources.get(op.address);
  return {
    version,
    id,
    status: 'purging',
    applied: known?.applied ?? (identity === undefined ? {} : { [identity]: id }),
    ...(known?.references === undefined ? {} : { references: known.references }),
    out: op.out ?? {},
    needs: known?.needs ?? op.depends_on,
  };
}

/** Who may not delete keeps the object in the state: it is forgotten only if somebody says so. */
async function removeLive({ address, id = '', purge }: Op, provider: Provider, write: WriteContext): Promise<void> {
  try {
    await provider.delete({ address, id, ...(purge === undefined ? {} : { purge }) }, write);
  } catch (error) {
    const [problem] = isDpoError(error) ? error.problems : [];
    // A purge that is refused says itself what it needs.
    if (problem?.code !== 'API.FORBIDDEN' || (purge !== undefined && problem.hint !== undefined)) throw error;
    const hint = `grant what the deletion needs, or let go of it with: dpo state rm ${address}`;
    throw new DpoError([{ ...problem, hint }], { cause: error });
  }
}

async function create(op: Op, spec: Spec, work: OpWork): Promise<Done> {
  const kind = kinds[kindOf(op.address)];
  const request = { address: op.address, spec: sentSpec(op, spec, work), marker: work.marker };
  work.onWrite();
  const provider = work.providers[kind.name];
  const replacing = op.action === 'replace';
  const made = await createResource({
    kind,
    provider,
    request,
    write: work.write,
    read: work.read,
    lookMs: work.deadlineMs,
    replacing,
  });
  const before = work.session.recorded.resources.get(op.renamed_from ?? op.address);
  return doneWith(op, spec, { made: await confirmFields(op, spec, { ...work, made, before, provider }), before });
}

/** What goes to the service: only here a reference turns into the value of its variable. */
function sentSpec(op: Op, spec: Spec, { environment }: OpContext): Spec {
  return fillReferences(spec, op.references ?? [], environment);
}

/** As the state keeps it. */
function resolvedSpec(op: Op, context: OpContext): Spec {
  const kind = kinds[kindOf(op.address)];
  const resolved = resolveRefs(op.spec ?? {}, (reference) => context.outputs.get(reference.$ref)?.[reference.path]);
  const filled = isJsonObject(resolved) ? resolved : {};
  const spec = refsIn(filled).length === 0 ? filled : (kind.reduced?.(filled) ?? filled);
  const open = refsIn(spec)[0];
  if (open !== undefined) throw new TypeError(`${op.address}: ${open.path} of ${open.$ref} is still unknown`);
  return spec;
}

/** A rejected write as one problem of its address; a bug passes on. */
function problemOf(error: unknown, address: Address): Problem {
  if (isDpoError(error)) {
    const [first] = error.problems;
    if (first !== undefined) return { ...first, address };
  }
  if (isAbort(error)) {
    return {
      code: 'API.OUTCOME_UNKNOWN',
      severity: 'error',
      address,
      message: 'the request was cut off and may have taken effect',
      hint: 'run the command again: it looks before it writes',
    };
  }
  throw error instanceof Error
    ? error
    : new DpoError([{ code: 'API.MALFORMED', severity: 'error', message: String(error) }]);
}

/** By name: what a cut-off timer of Node rejects with is no `DOMException`. */
function isAbort(error: unknown): boolean {
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined;
  return name === 'TimeoutError' || name === 'AbortError';
}
