import { compileEventSchema, expectStream } from '../../packages/core/test/event-schema.ts';
import type { SmallWorld } from './small-world.ts';

export type Line = Readonly<Record<string, unknown>> & { readonly type: string };

const isEvent = compileEventSchema();

/** The lines of a file of events; fails unless all are of the published shape. */
export async function readEvents(world: SmallWorld, name = 'events.ndjson'): Promise<readonly Line[]> {
  const text = await world.read(name);
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  expectStream(lines as never, isEvent);
  return lines;
}

export function ofType(lines: readonly Line[], type: string): readonly Line[] {
  return lines.filter((line) => line.type === type);
}
