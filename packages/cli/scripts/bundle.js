// Writes dist/bundle, which bin/run.js starts: few files in place of a thousand, each command with what it alone needs in a file
// of its own, the embedded workspace and other parts loaded late as well. Names are kept as they are, for stack traces.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { madeSchema } from '../../config/scripts/made-schema.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}dist/bundle`;

// A native engine, a package that reads a file of its own, one that need not be installed, and what the framework looks for
// only where commands are developed.
const external = ['@duckdb/node-api', '@polyglot-sql/sdk', '@azure/storage-blob', 'typescript'];

// Libraries in CommonJS ask for modules of Node with `require`, which an ES module does not have.
const banner = `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`;

/** What the licences of the bundled libraries ask for: their text, beside the code. */
async function notices(files) {
  const packages = new Set(files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(file) ?? []));
  const texts = [...packages].map(async (name) => {
    const place = `${root}${name}`;
    const about = JSON.parse(await readFile(`${place}/package.json`, 'utf8'));
    const licence = (await readdir(place)).find((file) => /^(licen[cs]e|copying)/iu.test(file));
    if (licence === undefined) throw new Error(`no text of a licence in ${name}`);
    const text = await readFile(`${place}/${licence}`, 'utf8');
    return `${about.name} ${about.version} (${about.license})\n\n${text.trim()}`;
  });
  return `${(await Promise.all(texts)).join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

// Never a chunk of an earlier build.
await rm(folder, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts', 'src/commands/**/*.ts'],
  outbase: 'src',
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  conditions: ['dpo-source'],
  external,
  plugins: [madeSchema],
  // undici looks at it only to know that class beside its own, which makes Node load its own copy of undici.
  define: { 'globalThis.Headers': 'undefined' },
  banner: { js: banner },
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
});
await writeFile(`${folder}/THIRD-PARTY-NOTICES.txt`, await notices(Object.keys(metafile.inputs)));
