import { readFile } from 'node:fs/promises';
import { presetNames, shippedBehaviours } from '@dpo/local-workspace';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const root = new URL('../../', import.meta.url);
const page = await readFile(new URL('docs/local-workspace.md', root), 'utf8');

describe('docs/local-workspace.md', () => {
  test('its seed is one by the published schema', async () => {
    const schema = JSON.parse(await readFile(new URL('schemas/workspace.schema.json', root), 'utf8')) as object;
    const validate = new Ajv2020({ strict: false }).compile(schema);
    const seed = /```yaml\n(.*?)```/su.exec(page)?.[1] ?? '';
    expect([validate(parse(seed)), validate.errors]).toEqual([true, null]);
    expect(seed).toContain('principals:');
  });

  test('it lists every preset and every behaviour that ships', () => {
    const listed = [...page.matchAll(/^\| `([a-zN-]+)` \| [a-z]/gmu)].map((match) => match[1]);
    expect(listed).toEqual(expect.arrayContaining(presetNames.map((name) => name.replace('<n>', 'N'))));
    for (const name of Object.keys(shippedBehaviours)) expect(page).toContain(`\`${name}\``);
  });
});
