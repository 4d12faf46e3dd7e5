import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { kinds, type Json, type Plan, type Rule, type Spec } from '@dpo/core';
import { createProviders } from '../../src/index.ts';
import { overlaid, valueAt, without } from '../../src/providers/json-path.ts';
import { startContractWorkspace, type ContractOptions, type ContractWorkspace } from './contract-workspace.ts';
import { loneResource, type LoneResource } from './lone-resource.ts';
import { differences, type ContractCase } from './provider-contract.ts';

/** One path of a kind's rule table, with values for it. */
export interface FieldCase {
  /** The spec around it; the path has its first value there. */
  readonly spec: Spec;
  /** What the config asks for next. */
  readonly edited: Json;
  /** The spec after the edit, where it is about more than the path. */
  readonly next?: Spec;
  /** What a stranger sets. */
  readonly stranger: Json;
}

export interface FieldContract extends Pick<ContractCase, 'kind' | 'name'> {
  /** Paths as in the rule table; further ones (a whole object) may be added. */
  cases(workspace: ContractWorkspace): Promise<Readonly<Record<string, FieldCase>>>;
  /** Sets a path of the live object, as somebody with a browser would. */
  editByHand(workspace: ContractWorkspace, path: string, value: Json): Promise<void>;
  /** `path action` → why it does not hold. A pair that holds by now has to leave the list. */
  readonly exemptions: Readonly<Record<string, string>>;
  /** Paths of `cases` that are no paths of the rule table. */
  readonly further: readonly string[];
}

const actions = ['edit', 'stranger', 'unset'] as const;
type FieldAction = (typeof actions)[number];

/** Every path of a kind's rule table × edit, stranger's edit and unset, each from plan to write to an empty plan. */
export function fieldContract(contract: FieldContract, options: ContractOptions = {}): void {
  const { rules } = kinds[contract.kind];
  // Grants are no fields of an object: a contract of their own is about them.
  const fields = Object.keys(rules).filter((path) => path !== 'access' && !path.endsWith('_access'));
  const paths = [...fields, ...contract.further];

  describe(`fields of ${contract.kind}, read as ${options.realism?.normalise === true ? 'any of their forms' : 'sent'}`, () => {
    let workspace: ContractWorkspace;
    let resource: LoneResource;
    let cases: Readonly<Record<string, FieldCase>>;

    beforeAll(async () => {
      workspace = await startContractWorkspace(options);
      const provider = createProviders({ client: workspace.client })[contract.kind];
      resource = loneResource(contract, workspace, provider);
      cases = await contract.cases(workspace);
    });

    afterEach(() => resource.clear());

    afterAll(() => workspace.close());

    async function holds(path: string, action: FieldAction): Promise<void> {
      const found = cases[path];
      if (found === undefined) throw new Error(`no case for ${path}`);
      const wanted = wantedAfter(action, path, found);
      await resource.carryOut(await resource.plan(found.spec));
      expect(changesOf(await resource.plan(found.spec))).toEqual([]);
      if (action === 'stranger') await contract.editByHand(workspace, path, found.stranger);
      const made = await resource.plan(wanted);
      expect(made.ops.map((op) => op.action)).toEqual(expectedActions(rules[path]?.rules ?? []));
      if (action === 'stranger') expect(made.drift.map(({ fate }) => fate)).toEqual(made.ops.map(() => 'reverted'));
      await resource.carryOut(made);
      expect(changesOf(await resource.plan(wanted))).toEqual([]);
      expect(differences(contract.kind, wanted, (await resource.fields(wanted)) ?? {})).toEqual([]);
      if (action === 'unset' && made.ops.length > 0) {
        expect(valueAt((await resource.fields(wanted)) ?? {}, path) ?? []).toEqual([]);
      }
    }

    const pairs = paths.flatMap((path) => actions.map((action) => [path, action] as const));
    const exempt = pairs.filter(([path, action]) => `${path} ${action}` in contract.exemptions);
    const due = pairs.filter((pair) => !exempt.includes(pair));

    if (due.length > 0) test.each(due)('N004 %s: %s, then an empty plan', (path, action) => holds(path, action));

    test.each(exempt)('%s: %s is on the list of exemptions and does not hold yet', async (path, action) => {
      const verdict = await holds(path, action).then(
        () => 'it holds by now: take it off the list',
        () => 'it does not hold',
      );
      expect(verdict).toBe('it does not hold');
    });

    test('every path of the rule table has a case, and every exemption is about one', () => {
      expect(Object.keys(cases).toSorted()).toEqual(paths.toSorted());
      const known = new Set(pairs.map(([path, action]) => `${path} ${action}`));
      expect(Object.keys(contract.exemptions).filter((pair) => !known.has(pair))).toEqual([]);
      process.stderr.write(
        `field contract · ${contract.kind}: ${String(paths.length)} fields × ${String(actions.length)} actions, ` +
          `${String(due.length)} hold, ${String(exempt.length)} exempt\n`,
      );
    });

    if (kinds[contract.kind].unmarked === true) {
      test('N011 after the state is lost nobody can tell whose it is: it is neither taken nor destroyed', async () => {
        const spec = Object.values(cases)[0]?.spec ?? {};
        await resource.carryOut(await resource.plan(spec));
        const before = await resource.fields(spec);
        resource.forget();
        const refused = await resource.plan(spec);
        expect([refused.ops, refused.problems.map(({ code }) => code)]).toEqual([[], ['PLAN.FOREIGN']]);
        expect(changesOf(await resource.plan(spec, 'destroy'))).toEqual([]);
        expect(await resource.fields(spec)).toEqual(before);
        const id = before?.['object_id'];
        if (typeof id === 'string') await resource.remove(id);
      });
      return;
    }

    test('N003 after the state is lost, what is there is adopted without a write, and destroyed when asked', async () => {
      const spec = Object.values(cases)[0]?.spec ?? {};
      await resource.carryOut(await resource.plan(spec));
      resource.forget();
      const adoption = await resource.plan(spec);
      expect(adoption.ops).toMatchObject([{ action: 'adopt', changes: [] }]);
      await resource.carryOut(adoption);
      expect(changesOf(await resource.plan(spec))).toEqual([]);
      const destruction = await resource.plan(spec, 'destroy');
      expect(destruction.ops.map((op) => op.action)).toEqual(['delete']);
      await resource.carryOut(destruction);
      expect(changesOf(await resource.plan(undefined, 'destroy'))).toEqual([]);
      expect(await resource.fields(spec)).toBeUndefined();
    });
  });
}

function wantedAfter(action: FieldAction, path: string, { spec, edited, next }: FieldCase): Spec {
  if (action === 'stranger') return spec;
  return action === 'unset' ? without(spec, path) : (next ?? overlaid(spec, nested(path, edited)));
}

/** By the rule of the path alone: what is fixed replaces, what only a create sets is left as it is. */
function expectedActions(rules: readonly Rule[]): readonly string[] {
  if (rules.some((rule) => 'immutable' in rule)) return ['replace'];
  return rules.some((rule) => 'createOnly' in rule) ? [] : ['update'];
}

function changesOf({ ops, drift }: Plan): readonly unknown[] {
  return [...ops.map(({ action, changes }) => ({ action, changes })), ...drift];
}

function nested(path: string, value: Json): Spec {
  return path.split('.').reduceRight<Json>((inner, key) => ({ [key]: inner }), value) as Spec;
}
