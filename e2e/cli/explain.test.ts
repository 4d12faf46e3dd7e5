import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { documentedCodes } from '../support/documented-codes.ts';
import { createPlainFolder, type PlainFolder } from '../support/plain-folder.ts';

const schemaFile = new URL('../../schemas/config.schema.json', import.meta.url);

describe('dpo explain', () => {
  let folder: PlainFolder;
  beforeAll(async () => {
    folder = await createPlainFolder();
  });
  afterAll(async () => folder.remove());

  test('N021 says meaning, causes, remedy, exit status and an example of a code, in any capitals', async () => {
    const ran = await folder.dpo('explain', 'config.type');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^CONFIG\.TYPE {2}the config file\n/u);
    for (const part of ['meaning ', 'causes ', 'what to do ', 'exit status  1\n', 'Wrong\n', 'Right\n'])
      expect(ran.stdout).toContain(`  ${part}`);
  });

  test('N021 without a code lists every documented code, each on a line of its own', async () => {
    const ran = await folder.dpo('explain');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const listed = [...ran.stdout.matchAll(/^ {2}(?<code>[A-Z][A-Z._]+) {2,}\S/gmu)].map((line) => line[1]);
    expect(new Set(listed)).toEqual(documentedCodes());
    expect(listed).toHaveLength(documentedCodes().size);
  });

  test('N021 with an area lists the codes of that', async () => {
    const ran = await folder.dpo('explain', 'auth');
    expect(ran.stdout).toContain('AUTH.MISSING');
    expect(ran.stdout).not.toContain('CONFIG.');
  });

  test('C04 a code that does not exist is an error with a suggestion', async () => {
    const ran = await folder.dpo('explain', 'CONFIG.TIPE');
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain("there is no code 'CONFIG.TIPE'");
    expect(ran.stderr).toContain("did you mean 'CONFIG.TYPE'?");
  });

  test('U145 text and JSON say the same', async () => {
    const text = (await folder.dpo('explain', 'CONFIG.INCOMPLETE')).stdout.replaceAll(/\s+/gu, ' ');
    const ran = await folder.dpo('explain', 'CONFIG.INCOMPLETE', '--json');
    const { explanations } = JSON.parse(ran.stdout) as {
      explanations: { meaning: string; remedy: string; causes: string[]; examples: { text: string }[] }[];
    };
    const [one] = explanations;
    const said = [one?.meaning, one?.remedy, ...(one?.causes ?? []), ...(one?.examples ?? []).map((each) => each.text)];
    expect(said.length).toBeGreaterThan(5);
    for (const words of said) expect(text).toContain(words?.replaceAll(/\s+/gu, ' '));
  });
});

describe('dpo schema', () => {
  let folder: PlainFolder;
  beforeAll(async () => {
    folder = await createPlainFolder();
  });
  afterAll(async () => folder.remove());

  test('prints the published schema, and writes it where it is told to', async () => {
    const published: unknown = JSON.parse(await readFile(schemaFile, 'utf8'));
    const printed = await folder.dpo('schema');
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(printed.stdout)).toEqual(published);
    const written = await folder.dpo('schema', '--out', 'dpo.schema.json');
    expect(written).toMatchObject({ code: 0, stdout: '' });
    expect(written.stderr).toContain('# yaml-language-server: $schema=dpo.schema.json');
    expect(await folder.read('dpo.schema.json')).toBe(printed.stdout);
  });

  test('C23 with --json it is in the document of all commands', async () => {
    const { command, schema } = JSON.parse((await folder.dpo('schema', '--json')).stdout) as Record<string, unknown>;
    expect([command, schema]).toEqual(['schema', JSON.parse((await folder.dpo('schema')).stdout)]);
  });

  test('C04 a file that cannot be written is an error', async () => {
    const ran = await folder.dpo('schema', '--out', 'nowhere/x.json');
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('RUN.NOT_WRITTEN');
  });
});
