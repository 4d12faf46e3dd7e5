import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Every code that docs/errors.md explains. */
export function documentedCodes(): ReadonlySet<string> {
  const file = fileURLToPath(new URL('../../docs/errors.md', import.meta.url));
  const rows = readFileSync(file, 'utf8').matchAll(/^\| `([A-Z][A-Z_.]*)` \|/gmu);
  return new Set([...rows].flatMap(([, code]) => code ?? []));
}
