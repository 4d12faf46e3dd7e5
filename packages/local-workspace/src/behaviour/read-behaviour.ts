import { readFile } from 'node:fs/promises';
import { oneOf, shape, ShapeFault, pathText, text } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { switches } from './behaviour.ts';
import type { Behaviour } from './behaviour.ts';
import { shippedBehaviours } from './shipped-behaviours.ts';

/** A behaviour that cannot be used; the message names the file and the value. */
export class BehaviourError extends Error {
  override readonly name = 'BehaviourError';
}

/** What a probe tells people beside the switches. */
const anything: Reader<unknown> = (value) => value;

const recorded = shape({
  required: {
    switches: shape({
      optional: Object.fromEntries(Object.entries(switches).map(([name, values]) => [name, oneOf(...values)])),
    }) as Reader<Partial<Behaviour>>,
  },
  optional: { format: anything, source: text, recorded_at: text, name: text, unseen: anything },
});

/**
 * A shipped behaviour by its name, or one from a JSON file `{ "switches": { … } }`; switches the file does not name are
 * as documented. Throws `BehaviourError`.
 */
export async function readBehaviour(nameOrFile: string): Promise<Behaviour> {
  const shipped = Object.entries(shippedBehaviours).find(([name]) => name === nameOrFile)?.[1];
  if (shipped !== undefined) return shipped;
  try {
    const content: unknown = JSON.parse(await readFile(nameOrFile, 'utf8'));
    return { ...shippedBehaviours.documented, ...recorded(content, { path: [] }).switches };
  } catch (cause) {
    const names = Object.keys(shippedBehaviours).join(', ');
    throw new BehaviourError(
      `behaviour '${nameOrFile}' is neither one of ${names} nor a usable file: ${reasonOf(cause)}`,
      {
        cause,
      },
    );
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof ShapeFault) return `${pathText(cause.path)}: ${cause.message}`;
  return cause instanceof Error ? cause.message : String(cause);
}
