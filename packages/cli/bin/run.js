#!/usr/bin/env node
import { readFileSync } from 'node:fs';

// The version is asked for by scripts and editors all the time; the framework behind the commands costs several times that.
if (process.argv.length === 3 && process.argv[2] === '--version') {
  const { name, version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`);
} else {
  const { execute } = await import('../dist/bundle/main.js');
  await execute({ dir: import.meta.url });
}
