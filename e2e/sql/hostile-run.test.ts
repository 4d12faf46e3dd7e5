import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { createTaggedWorld, planIn, type TaggedWorld } from '../discovery/tagged-world.ts';
import { skeletonOf } from './skeleton.ts';
import { statementsIn } from './statements-in.ts';

/** What ends a quote, a statement or a line, begins a comment, a parameter or a reference, or is no ASCII. */
const pieces = ["'", '`', '"', '\\', ';', '--', '/*', '*/', '${var.x}', ':p', '{{id}}', '%', '?', '表', '🚀', 'a', '0'];
const known = ['``', "\\';DROP_TABLE_prod;--", '*/', '${env:HOME}\\'];
const random = fc.sample(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 9 }), {
  numRuns: 2,
  seed: jest.getSeed(),
});
const texts = [...known, ...random.map((parts) => parts.join(''))];

/** As much of a text as the name of a table or schema in a config may hold. */
const nameOf = (text: string): string => text.replaceAll(/[`/*?$.\s]/gu, '');
/** `\`` inside of back-ticks. */
const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const yaml = (text: string): string => JSON.stringify(text.replaceAll('$', () => '$$'));

/** Everything that a text can be part of in a config and in the workspace that it is about. */
function configOf(names: readonly string[]): string {
  const listed = names.map(
    (text, index) => `  ${yaml(`prod.ml.listed_${String(index)}_${nameOf(text)}`)}:
    monitor_group: ${yaml(`group ${String(index)} ${text}`)}
    owner: ${yaml(text)}
    department: ${yaml(`${text}\n`)}
    runbook_url: ${yaml(`https://x.org/${text}`)}
    slicing_exprs: [${yaml(quoted(`s${text}`))}]
    baseline_table_name: ${yaml(`prod.ml.baseline_${String(index)}_${nameOf(text)}`)}
    labels: { any: ${yaml(text)} }
    output_schema_name: ${yaml(`out_${String(index)}_${nameOf(text)}`)}
`,
  );
  return `catalog_name: prod
project: hostile
observability_schema: ${yaml(`all_${nameOf(names[0] ?? '')}`)}
targets: { local: { workspace: local } }
profile_defaults: { profile_type: TIMESERIES, timestamp_column: ts }
wait_for_monitors: false
include_tagged_tables: true
discovery: { include_tags: { ${yaml(`k${names[1] ?? ''}`)}: ${yaml(names[2] ?? '')} } }
monitored_tables:
${listed.join('')}`;
}

describe('whatever tags, names and texts hold', () => {
  let world: TaggedWorld;
  beforeAll(async () => {
    world = await createTaggedWorld();
  }, 60_000);
  afterAll(async () => world.close());

  const done = async (...args: readonly string[]): Promise<void> => {
    const { code, stdout, stderr } = await world.dpo(...args);
    if (code !== 0) throw new Error(`dpo ${args.join(' ')} ended with ${String(code)}: ${stdout}${stderr}`);
  };

  /** The skeletons of all SQL of a life cycle, each once. */
  const lifeOf = async (names: readonly string[]): Promise<readonly string[]> => {
    const tag = `${literal(`k${names[1] ?? ''}`)} = ${literal(names[2] ?? '')}`;
    for (const [index, text] of names.entries()) {
      const columns = `1 AS ${quoted(`s${text}`)}, TIMESTAMP '2026-01-01' AS ts`;
      for (const kind of ['listed', 'baseline', 'found']) {
        const name = kind === 'found' ? text.replaceAll(/[/.\s]/gu, '') : nameOf(text);
        const table = `prod.ml.${quoted(`${kind}_${String(index)}_${name}`)}`;
        // One after the other: each may need the one before.
        // oxlint-disable no-await-in-loop
        await world.sql(`CREATE TABLE ${table} AS SELECT ${columns}`);
        const group = `'monitor_group' = ${literal(`group ${String(index)} ${text}`)}, 'owner' = ${literal(text)}`;
        if (kind === 'found') await world.sql(`ALTER TABLE ${table} SET TAGS (${tag}, ${group})`);
        // oxlint-enable no-await-in-loop
      }
    }
    await world.write('dpo.yaml', configOf(names));
    world.workspace.clearRequests();
    await done('apply', '--auto-approve');
    await done('refresh', '--wait');
    // Views over metrics that are there now.
    await done('apply', '--auto-approve');
    expect(planIn(await world.dpo('plan', '--json')).ops).toEqual([]);
    await done('coverage');
    await done('destroy', '--confirm', 'local', '--purge-metrics');
    const statements = statementsIn(world.workspace.requests());
    expect(statements.length).toBeGreaterThan(names.length);
    return [...new Set(statements.map(skeletonOf))].toSorted();
  };

  test('U086 no content leaves its quotes in any statement that dpo sends: apply, plan, coverage, destroy with purge', async () => {
    const harmless = await lifeOf(texts.map((_, index) => `x${String(index)}`));
    expect(await lifeOf(texts)).toEqual(harmless);
  }, 240_000);
});
