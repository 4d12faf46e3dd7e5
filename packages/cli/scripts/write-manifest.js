// Writes oclif.manifest.json: with it a command loads itself and not all the others, which takes half of its start.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Plugin } from '@oclif/core';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/u, '');
// A manifest that is there is not believed, and a command that cannot be loaded fails the build.
const plugin = new Plugin({ root, isRoot: true, ignoreManifest: true, errorOnManifestCreate: true });
await plugin.load();
if (plugin.commandIDs.length === 0) throw new Error(`no commands found in ${root}`);
await writeFile(`${root}/oclif.manifest.json`, JSON.stringify(plugin.manifest));
