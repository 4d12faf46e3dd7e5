import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { callsOf } from '../support/workspace-calls.ts';
import { createTaggedWorld, monitorsIn, planIn, type TaggedWorld } from './tagged-world.ts';

/** Values of tags that would do harm wherever they became part of a statement, a path or a terminal. */
const values: readonly (readonly [string, string])[] = [
  ['a quote', "'"],
  ['quotes and a statement', "'; DROP TABLE prod.ml.orders; --"],
  ['back-ticks', '`prod`.`ml`.`orders`'],
  ['a line break', 'a\nb'],
  ['HTML', '<script>alert(1)</script>'],
  ['a backslash at the end', 'a\\'],
  ['letters of other scripts', 'Größe 表 🚀'],
  ['256 characters', 'x'.repeat(256)],
  ['a terminal command', '\u001B[2J'],
  ['a parameter', ':schema_0 ${var.x}'],
];

const config = (value: string): string => `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out }
include_tagged_tables: true
discovery: { include_tags: { monitor_enabled: "true", odd: ${JSON.stringify(value.replaceAll('$', () => '$$'))} } }
`;

describe('tags of any content', () => {
  let world: TaggedWorld;
  beforeEach(async () => {
    world = await createTaggedWorld();
  }, 60_000);
  afterEach(async () => world.close());

  test('R023 are matched exactly, travel along, and never become part of a statement', async () => {
    const { call } = callsOf(world);
    for (const [name, value] of values) {
      const path = '/api/2.1/unity-catalog/entity-tag-assignments';
      const at = { entity_type: 'tables', entity_name: 'prod.ml.tagged' };
      // One after the other: each takes the place of the one before.
      // oxlint-disable-next-line no-await-in-loop
      await call('DELETE', `${path}/tables/prod.ml.tagged/tags/odd`);
      // oxlint-disable-next-line no-await-in-loop
      const set = await call('POST', path, { ...at, tag_key: 'odd', tag_value: value });
      expect([name, set.status]).toEqual([name, 200]);
      // oxlint-disable-next-line no-await-in-loop
      await world.write('dpo.yaml', config(value));
      world.workspace.clearRequests();
      // oxlint-disable-next-line no-await-in-loop
      const ran = await world.dpo('plan', '--json');
      expect([name, ran.code, monitorsIn(ran)]).toEqual([name, 0, ['create prod.ml.tagged']]);
      const sent = world.workspace
        .requests()
        .flatMap(({ body }) => (body as { statement?: string } | undefined)?.statement ?? []);
      expect(sent).toHaveLength(2);
      expect(sent.join('\n')).not.toContain(value);
    }
  }, 120_000);

  test('one that sets something and cannot is a reason to skip, in one harmless line', async () => {
    const { call } = callsOf(world);
    const tag = { tag_key: 'monitor_granularity', tag_value: "\u001B[2J'\nDROP" };
    await call('POST', '/api/2.1/unity-catalog/entity-tag-assignments', {
      entity_type: 'tables',
      entity_name: 'prod.ml.tagged',
      ...tag,
    });
    await world.write('dpo.yaml', config('').replace(', odd: ""', ''));
    const ran = await world.dpo('plan', '--json');
    expect(planIn(ran).skipped.map(({ address, code }) => `${address} ${code}`)).toContain(
      'monitor:prod.ml.tagged CATALOG.TAG_VALUE',
    );
    const text = await world.dpo('plan');
    expect(text.stdout).not.toContain('\u001B');
  }, 60_000);

  test('tables of any name are found, monitored and torn down', async () => {
    const names = [
      "odd`na'me",
      'größe_表',
      'select',
      'a--b',
      // As many characters as the names of its metric tables leave.
      'n'.repeat(239),
    ];
    for (const name of names) {
      const quoted = `prod.ml.\`${name.replaceAll('`', '``')}\``;
      // oxlint-disable-next-line no-await-in-loop
      await world.sql(`CREATE TABLE ${quoted} AS SELECT 1 AS id`);
      // oxlint-disable-next-line no-await-in-loop
      await world.sql(`ALTER TABLE ${quoted} SET TAGS ('odd' = 'yes', 'monitor_enabled' = 'true')`);
    }
    await world.write('dpo.yaml', config('yes'));
    const applied = await world.dpo('apply', '--auto-approve');
    expect([applied.code, applied.stderr]).toEqual([0, expect.any(String)]);
    expect(planIn(await world.dpo('plan', '--json')).unchanged).toBe(names.length + 1);
    expect((await world.dpo('destroy', '--confirm', 'local')).code).toBe(0);
    expect(world.writes().filter((write) => write.startsWith('DELETE /api/data-quality'))).toHaveLength(names.length);
  }, 120_000);
});
