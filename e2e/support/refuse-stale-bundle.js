import { readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));

/** The suites run the bundle: one that is missing, or older than a source, would prove nothing. */
// oxlint-disable-next-line import/no-default-export -- what jest looks for
export default async function refuseStaleBundle() {
  const built = await timeOf('cli/dist/bundle/main.js').catch(() => 0);
  for (const name of await readdir(packages)) {
    for (const file of await readdir(`${packages}${name}/src`, { recursive: true })) {
      const source = `${name}/src/${file}`;
      if ((await timeOf(source)) > built) throw new Error(`no bundle that is newer than ${source}; run: npm run build`);
    }
  }
}

async function timeOf(path) {
  return (await stat(`${packages}${path}`)).mtimeMs;
}
