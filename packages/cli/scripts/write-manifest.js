// Writes oclif.manifest.json: with it a command loads itself and not all the others, which takes half of its start.
import { rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Config } from '@oclif/core';

const root = fileURLToPath(new URL('..', import.meta.url));
// An old one would be taken for the commands that there are.
await rm(new URL('../oclif.manifest.json', import.meta.url), { force: true });
const config = await Config.load({ root, ignoreManifest: true });
const { manifest } = [...config.plugins.values()].find(({ root: folder }) => folder === root.replace(/\/$/, '')) ?? {};
if (manifest === undefined) throw new Error(`no commands found in ${root}`);
await writeFile(new URL('../oclif.manifest.json', import.meta.url), JSON.stringify(manifest));
