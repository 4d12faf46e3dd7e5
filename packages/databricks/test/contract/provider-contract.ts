import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { addressOf, fieldRule, kinds } from '@dpo/core';
import type { Applied, KindName, Lookup, Observation, Provider, Spec } from '@dpo/core';
import { createProviders } from '../../src/index.ts';
import { leavesOf, valueAt } from '../../src/providers/json-path.ts';
import { listOf, problemOf } from '../support/mock-workspace.ts';
import { startContractWorkspace, type ContractOptions, type ContractWorkspace } from './contract-workspace.ts';

/** What the suite has to know of a kind. */
export interface ContractCase {
  readonly kind: KindName;
  /** Natural name of the object that the suite makes and deletes. */
  readonly name: string;
  /** `METHOD path` of its create. */
  readonly create: string;
  /** `METHOD path` of the calls about the object itself; `*` for its id. */
  readonly object: string;
  /** Where one is looked up that the state does not know, if not there. */
  readonly lookup?: string;
  spec(workspace: ContractWorkspace): Promise<Spec>;
}

export const marker = { owner: 'churn/prod', lineage: '8a1f' };

/** The same for every kind: how a provider behaves towards the planner and the applier. */
export function providerContract(contract: ContractCase, options: ContractOptions = {}): void {
  describe(`provider of ${contract.kind}`, () => {
    const address = addressOf(contract.kind, contract.name);
    let workspace: ContractWorkspace;
    let provider: Provider;
    let spec: Spec;

    beforeAll(async () => {
      workspace = await startContractWorkspace(options);
      provider = createProviders({ client: workspace.client })[contract.kind];
      spec = await contract.spec(workspace);
    });

    afterEach(async () => {
      workspace.local.faults.clear();
      workspace.local.clearRequests();
      const found = await observe();
      if (found.status === 'present') await provider.delete({ address, id: found.id }, workspace.write);
    });

    afterAll(() => workspace.close());

    const lookup = (): Lookup => kinds[contract.kind].lookup(address, spec, undefined);
    const create = (): Promise<Applied> => provider.create({ address, spec, marker }, workspace.write);

    async function observe(): Promise<Observation> {
      const [found] = await listOf(provider.observe([lookup()], workspace.read));
      if (found === undefined) throw new Error('no observation');
      return found;
    }

    test('what is not there reads absent', async () => {
      expect(await observe()).toMatchObject({ status: 'absent', lookup: lookup() });
    });

    test('T01: what was created reads present, without a difference, as ours', async () => {
      const applied = await create();
      const found = await observe();
      expect(found).toMatchObject({
        status: 'present',
        id: applied.id,
        // Where there is room for a marker.
        ...(kinds[contract.kind].unmarked === true ? {} : { marker: { owner: marker.owner } }),
      });
      expect(differences(contract.kind, spec, fieldsOf(found))).toEqual([]);
      expect(differences(contract.kind, spec, applied.fields)).toEqual([]);
    });

    test('a second create is a conflict', async () => {
      await create();
      expect((await problemOf(create())).code).toBe('API.CONFLICT');
    });

    test('a delete can be repeated', async () => {
      const { id } = await create();
      await provider.delete({ address, id }, workspace.write);
      await provider.delete({ address, id }, workspace.write);
      expect(await observe()).toMatchObject({ status: 'absent', lookup: lookup() });
    });

    test.each([429, 503])('N019: %i is survived by create, read and delete', async (status) => {
      workspace.local.faults.add({ match: contract.create, status, retryAfter: 1 });
      workspace.local.faults.add({ match: `GET ${contract.object}`, status, times: 2 });
      workspace.local.faults.add({ match: `DELETE ${contract.object}`, status });
      const { id } = await create();
      expect((await observe()).status).toBe('present');
      await provider.delete({ address, id }, workspace.write);
      expect((await observe()).status).toBe('absent');
    });

    test('T13: 500 is survived by read and delete', async () => {
      const { id } = await create();
      workspace.local.faults.add({ match: `GET ${contract.object}`, status: 500 });
      workspace.local.faults.add({ match: `DELETE ${contract.object}`, status: 500, after: true });
      expect((await observe()).status).toBe('present');
      await provider.delete({ address, id }, workspace.write);
      expect((await observe()).status).toBe('absent');
    });

    test.each([
      ['an error after it took effect', { status: 500, after: true }, 'present'],
      ['a connection that is dropped after it took effect', { dropConnection: 'after' }, 'present'],
      ['an error before it took effect', { status: 500 }, 'absent'],
    ] as const)('N019: a create whose answer is lost has an unknown outcome: %s', async (_name, fault, status) => {
      workspace.local.faults.add({ match: contract.create, ...fault });
      expect((await problemOf(create())).code).toBe('API.OUTCOME_UNKNOWN');
      expect((await observe()).status).toBe(status);
      const sent = workspace.local.requests().filter((each) => `${each.method} ${each.path}` === contract.create);
      expect(sent.length).toBe(1);
    });

    test('W002: what may not be read is unreadable, never absent', async () => {
      const path = contract.lookup ?? contract.object;
      workspace.local.faults.add({ match: `GET ${path}`, status: 403, errorCode: 'PERMISSION_DENIED' });
      expect(await observe()).toMatchObject({
        status: 'unreadable',
        problem: { code: 'API.FORBIDDEN', address, hint: expect.stringContaining('grant') },
      });
    });
  });
}

function fieldsOf(found: Observation): Spec {
  if (found.status !== 'present') throw new Error(`not present: ${found.status}`);
  return found.fields;
}

/** Declared paths that read back otherwise, by the rules of the kind. */
export function differences(kind: KindName, wanted: Spec, live: Spec): readonly string[] {
  const { rules } = kinds[kind];
  const [one, other] = [kinds[kind].normalise(wanted), kinds[kind].normalise(live)];
  return leavesOf(one).filter((path) => {
    const rule = fieldRule(rules, path);
    if (rule.createOnly || rule.writeOnly) return false;
    return rule.compare(valueAt(one, path)) !== rule.compare(valueAt(other, path));
  });
}
