import {
  addressOf,
  kinds,
  nothingRecorded,
  plan,
  type Address,
  type Live,
  type Op,
  type Plan,
  type PlanMode,
  type Provider,
  type Recorded,
  type RecordedResource,
  type Spec,
} from '@dpo/core';
import type { ContractWorkspace } from './contract-workspace.ts';
import { listOf } from '../support/mock-workspace.ts';
import type { ContractCase } from './provider-contract.ts';

const owner = { project: 'churn', target: 'prod' };
const target = { name: 'prod', host: 'contract', workspaceId: '1', metastoreId: 'm' };

/** One resource between planner and provider, without engine and state: what is asked for, what was last sent. */
export interface LoneResource {
  readonly address: Address;
  /** Plans with this as what is wanted; `undefined`: nothing is. */
  plan(spec: Spec | undefined, mode?: PlanMode): Promise<Plan>;
  /** Carries the operations of a plan out, and remembers what was sent. */
  carryOut(made: Plan): Promise<void>;
  /** As if the state was lost. */
  forget(): void;
  /** As if nobody had been here. */
  clear(): Promise<void>;
  /** Deletes what nobody remembers. */
  remove(id: string): Promise<void>;
  /** What a read finds of one path. */
  fields(spec: Spec): Promise<Spec | undefined>;
}

export function loneResource(
  contract: Pick<ContractCase, 'kind' | 'name'>,
  workspace: ContractWorkspace,
  provider: Provider,
): LoneResource {
  const address = addressOf(contract.kind, contract.name);
  const kind = kinds[contract.kind];
  const made = new Map<Address, RecordedResource>();
  const observe = async (spec: Spec | undefined): Promise<Live> => {
    const lookup = kind.lookup(address, spec, made.get(address));
    const found = await listOf(provider.observe([lookup], workspace.read));
    return new Map(found.map((observation) => [address, observation]));
  };
  const recorded = (): Recorded =>
    made.size === 0
      ? nothingRecorded
      : { ...nothingRecorded, lineage: 'L', serial: 1, owner: 'churn/prod', target, resources: made };
  return {
    address,
    plan: async (spec, mode = 'apply') =>
      plan({
        desired: {
          owner,
          target,
          resources: spec === undefined ? [] : [{ address, spec, place: { default: true }, origins: {}, notes: [] }],
          skipped: [],
          undecided: [],
          problems: [],
        },
        recorded: recorded(),
        live: spec === undefined && made.size === 0 ? new Map() : await observe(spec),
        options: { mode, version: '0.0.0', consent: {} },
      }),
    carryOut: async ({ ops }) => {
      for (const op of ops) {
        const entry = await perform(op, { provider, workspace });
        if (entry === undefined) made.delete(address);
        else made.set(address, entry);
      }
    },
    forget: () => {
      made.clear();
    },
    clear: async () => {
      for (const { id } of made.values()) await provider.delete({ address, id }, workspace.write);
      made.clear();
    },
    remove: (id) => provider.delete({ address, id }, workspace.write),
    fields: async (spec) => {
      const found = (await observe(spec)).get(address);
      return found?.status === 'present' ? kind.normalise(found.fields) : undefined;
    },
  };
}

async function perform(
  op: Op,
  { provider, workspace }: { readonly provider: Provider; readonly workspace: ContractWorkspace },
): Promise<RecordedResource | undefined> {
  const { address, action, spec = {}, mask = [], id = '' } = op;
  const request = { address, spec, marker: { owner: 'churn/prod' } };
  const entry = (made: { readonly id: string; readonly out: RecordedResource['out'] }): RecordedResource => ({
    version: 1,
    id: made.id,
    status: 'ok',
    applied: spec,
    out: made.out,
    needs: [],
  });
  if (action === 'delete' || action === 'replace') await provider.delete({ address, id }, workspace.write);
  if (action === 'create' || action === 'replace') return entry(await provider.create(request, workspace.write));
  if (action === 'delete' || action === 'forget') return undefined;
  if (mask.length === 0) return entry({ id, out: op.out ?? {} });
  return entry(await provider.update({ address, id, spec, mask }, workspace.write));
}
