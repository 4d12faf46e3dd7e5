import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { switches } from '../../src/behaviour/behaviour.ts';
import { readBehaviour, shippedBehaviours } from '../../src/index.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dpo-behaviour-'));
});

afterAll(async () => rm(directory, { recursive: true, force: true }));

async function read(text: string) {
  const file = join(directory, 'probe.json');
  await writeFile(file, text);
  return readBehaviour(file);
}

describe('behaviours', () => {
  test('the contrary one differs from the documented one in every switch', () => {
    for (const name of Object.keys(switches) as (keyof typeof switches)[]) {
      expect(shippedBehaviours.contrary[name]).not.toBe(shippedBehaviours.documented[name]);
    }
  });

  test('W005: a recorded file replaces the switches it names and leaves the others as documented', async () => {
    const text = JSON.stringify({ format: 1, source: 'probe', switches: { monitor_mask: 'whole' } });
    expect(await read(text)).toEqual({ ...shippedBehaviours.documented, monitor_mask: 'whole' });
  });

  test.each([
    ['no JSON', '{', /neither one of documented, contrary nor a usable file/],
    ['an unknown switch', '{"switches":{"monitor_masks":"leaf"}}', /switches\.monitor_masks: unknown field/],
    ['an unknown value', '{"switches":{"monitor_mask":"x"}}', /switches\.monitor_mask: "x" is not one of leaf, whole/],
    ['no switches', '{}', /switches: missing required field/],
  ])('%s is refused with the place of the fault', async (_name, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  test('a file that is not there is refused with its name', async () => {
    await expect(readBehaviour(join(directory, 'none.json'))).rejects.toThrow(/none\.json/);
  });
});
