import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  readBehaviour,
  startLocalWorkspace,
  type LocalWorkspace,
  type LocalWorkspaceOptions,
} from '@dpo/local-workspace';
import type { Exchange } from './exchange.ts';

/** A small workspace with five tables; one of them has a monitor that a stranger made. */
export interface World {
  readonly workspace: LocalWorkspace;
  readonly directory: string;
  /** Config file of each stage of a history. */
  readonly configs: Readonly<Record<Stage, string>>;
  /** Called at every phase of every request. */
  listen(listener: (exchange: Exchange) => Promise<void> | void): void;
}

/**
 * `first` is applied to nothing, `second` to the settled first: it updates, replaces, removes and adds. `third` declares
 * the stranger's table beside the first. `one` is small.
 */
export type Stage = 'first' | 'second' | 'third' | 'one';

const seed = `
catalogs:
  prod:
    schemas:
      ml:
        tables:
          a: { sql: "SELECT 1 AS id, TIMESTAMP '2026-01-01' AS ts, 'x' AS region" }
          b: { sql: "SELECT 1 AS id, TIMESTAMP '2026-01-01' AS ts, 'x' AS region" }
          c:
            sql: "SELECT 1 AS id, TIMESTAMP '2026-01-01' AS ts, 'x' AS region"
            tags: { monitor_slicing_exprs: region, domain: sales }
          d: { sql: "SELECT 1 AS id, TIMESTAMP '2026-01-01' AS ts, 'x' AS region" }
          stranger: { sql: "SELECT 1 AS id" }
      theirs:
        comment: output of somebody else
        tables: {}
`;

const head = `
catalog_name: prod
project: crash
targets: { crash: { mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out }
monitored_tables:
`;

const first = `${head}  prod.ml.a: {}\n  prod.ml.b: { slicing_exprs: [region] }\n  prod.ml.c: {}\n`;
const configs: Readonly<Record<Stage, string>> = {
  one: `${head}  prod.ml.a: {}\n`,
  first,
  third: `${first}  prod.ml.stranger: {}\n`,
  second: `${head}  prod.ml.a: { slicing_exprs: [region] }\n  prod.ml.b: { profile_type: TIMESERIES, timestamp_column: ts }\n  prod.ml.d: {}\n`,
};

export async function createWorld(options: Partial<LocalWorkspaceOptions> = {}): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), 'dpo-crash-'));
  let listener: (exchange: Exchange) => Promise<void> | void = () => {};
  const workspace = await startLocalWorkspace({
    directory: ':memory:',
    firstRefresh: 'held',
    lifecycle: { activeAfterMs: 0, refreshDelayMs: 0 },
    behaviour: await readBehaviour(process.env['DPO_LOCAL_BEHAVIOUR'] ?? 'documented'),
    onExchange: (exchange) => listener(exchange),
    ...options,
  });
  const seedFile = join(directory, 'workspace.yaml');
  await writeFile(seedFile, seed);
  await workspace.seed(seedFile);
  const pathOf = (stage: Stage): string => join(directory, `${stage}.yaml`);
  const stages = ['first', 'second', 'third', 'one'] as const;
  const paths = { first: pathOf('first'), second: pathOf('second'), third: pathOf('third'), one: pathOf('one') };
  await Promise.all(stages.map((stage) => writeFile(paths[stage], configs[stage])));
  return {
    workspace,
    directory,
    configs: paths,
    listen: (next) => {
      listener = next;
    },
  };
}
