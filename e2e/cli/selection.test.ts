import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out }
monitored_tables:
  prod.ml.orders: { monitor_group: sales, labels: { tier: gold } }
  prod.ml.churn: { owner: pricing }
`;

describe('selection', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
  });
  afterEach(async () => world.close());

  test.each([
    ['group:sales', ['schema:prod.out', 'monitor:prod.ml.orders']],
    ['label:tier=gold', ['schema:prod.out', 'monitor:prod.ml.orders']],
    ['label:tier & group:sales', ['schema:prod.out', 'monitor:prod.ml.orders']],
    ['group:default', ['schema:prod.out', 'monitor:prod.ml.churn']],
    ['owner:pricing', ['schema:prod.out', 'monitor:prod.ml.churn']],
  ])(
    '%s takes the tables whose entries say so, with what they need',
    async (selection, expected) => {
      const ran = await world.dpo('plan', '--json', '--select', selection);
      const { problems, plan } = JSON.parse(ran.stdout) as {
        readonly problems: readonly { readonly code: string }[];
        readonly plan: { readonly ops: readonly { readonly address: string }[] };
      };
      expect(problems.map(({ code }) => code)).toEqual(['STATE.NONE']);
      expect(plan.ops.map(({ address }) => address)).toEqual(expected);
    },
    30_000,
  );
});
