import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createEngineWorld, type EngineWorld } from '../support/engine/engine-world.ts';
import { startRun } from '../support/engine/engine-run.ts';

const quickstart = fileURLToPath(new URL('../../examples/quickstart/', import.meta.url));

/** The embedded workspace with the data of the quickstart and an empty schema `demo.proof`. */
export async function createProofWorld(): Promise<EngineWorld> {
  const seed = await readFile(`${quickstart}workspace.yaml`, 'utf8');
  const world = await createEngineWorld(seed.replaceAll('./data/', `${quickstart}data/`), {
    firstRefresh: 'automatic',
  });
  await world.sql('CREATE SCHEMA demo.proof');
  return world;
}

/** Plans and applies; the number of operations of the plan. Throws unless all of them are done. */
export async function applied(world: EngineWorld, config: string): Promise<number> {
  const end = await startRun(world, async (run) => {
    const plan = await run.plan({ config });
    const errors = plan.problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    const result = await run.apply(plan);
    const failed = result.outcomes.filter(({ status }) => status !== 'done');
    if (failed.length > 0) throw new Error(JSON.stringify(failed.slice(0, 3)));
    return plan.ops.length;
  });
  if (end.status !== 'ended') throw new Error(JSON.stringify(end));
  return end.value;
}

/** Rows of a statement, each by the names of its columns. */
export async function rowsOf(
  world: EngineWorld,
  statement: string,
): Promise<readonly Readonly<Record<string, string | null>>[]> {
  const { body } = await world.call('POST', '/api/2.0/sql/statements', {
    warehouse_id: world.workspace.warehouseId,
    statement,
    wait_timeout: '50s',
    disposition: 'INLINE',
    format: 'JSON_ARRAY',
  });
  const { status, manifest, result } = body as {
    readonly status?: { readonly state?: string };
    readonly manifest?: { readonly schema?: { readonly columns?: readonly { readonly name: string }[] } };
    readonly result?: { readonly data_array?: readonly (readonly (string | null)[])[] };
  };
  if (status?.state !== 'SUCCEEDED') throw new Error(`${JSON.stringify(status)}\n${statement}`);
  const names = manifest?.schema?.columns?.map(({ name }) => name) ?? [];
  return (result?.data_array ?? []).map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])),
  );
}

/** The table of a notice, each row by the names of its columns. Cells are as they are in HTML. */
export function tableIn(body: string): readonly Readonly<Record<string, string>>[] {
  const cells = (row: string): readonly string[] =>
    [...row.matchAll(/<t[hd]>([\s\S]*?)<\/t[hd]>/gu)].map(([, cell = '']) => cell);
  const [names = [], ...rows] = [...body.matchAll(/<tr>([\s\S]*?)<\/tr>/gu)].map(([, row = '']) => cells(row));
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
}
