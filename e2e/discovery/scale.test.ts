import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectGolden } from '../support/golden.ts';
import { createTaggedWorld, planIn, type TaggedWorld } from './tagged-world.ts';

const tables = 500;
const perSchema = 100;

/** Views are made fastest; to a search they are tables like others. `npm run bench:discovery` takes 10,000. */
function seedOf(count: number): string {
  const schemas = Array.from({ length: count / perSchema }, (_, schema) => {
    const lines = Array.from(
      { length: perSchema },
      (__, index) =>
        `          t${String(schema * perSchema + index)}: { view: "SELECT 1 AS id", tags: { monitor_enabled: "true", many: "yes" } }\n`,
    );
    return `      s${String(schema)}:\n        tables:\n${lines.join('')}`;
  });
  return `catalogs:\n  prod:\n    schemas:\n${schemas.join('')}`;
}

describe('R048 many tables', () => {
  let world: TaggedWorld;
  beforeAll(async () => {
    world = await createTaggedWorld();
    await world.write('many.yaml', seedOf(tables));
    await world.workspace.seed(join(world.home, 'many.yaml'));
    world.workspace.clearRequests();
  }, 240_000);
  afterAll(async () => world.close());

  const config = (rest: string): string =>
    `catalog_name: prod\nproject: many\nmonitor_limit: null\ntargets: { local: { workspace: local, mode: bulk_provision_only } }\nprofile_defaults: { profile_type: SNAPSHOT }\n${rest}`;
  const listed = (count: number): string =>
    Array.from(
      { length: count },
      (_, index) => `  prod.s${String(Math.floor(index / perSchema))}.t${String(index)}: {}\n`,
    ).join('');

  test('ruling 27: tags and patterns take statements and pages, and one read of each monitor', async () => {
    const report: string[] = [];
    const plans: readonly (readonly [string, string, number])[] = [
      [
        `${String(tables)} tables by a tag`,
        'include_tagged_tables: true\ndiscovery: { include_tags: { many: "yes" } }\n',
        tables,
      ],
      ['100 tables by a pattern', 'monitored_tables: { prod.s3.*: {} }\n', 100],
      ['20 tables by name', `monitored_tables:\n${listed(20)}`, 20],
      ['150 tables by name', `monitored_tables:\n${listed(150)}`, 150],
    ];
    for (const [name, text, count] of plans) {
      // One after the other: their requests are counted.
      // oxlint-disable-next-line no-await-in-loop
      await world.write('dpo.yaml', config(text));
      world.requests();
      // oxlint-disable-next-line no-await-in-loop
      const ran = await world.dpo('plan', '--json');
      expect([name, planIn(ran).ops.length]).toEqual([name, count + 1]);
      report.push(`${name}\n${world.requests().join('\n')}\n`);
    }
    await expectGolden('discovery-requests.txt', report.join('\n'));
  }, 240_000);
});
