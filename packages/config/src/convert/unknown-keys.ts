import type { Finding, Path } from '../finding.ts';
import type { Located } from '../located.ts';
import { schemaAt } from '../schema/schema-at.ts';
import { describePath } from '../words.ts';
import { notCarried, type Change } from './change.ts';
import { unknownToPython } from './python-keys.ts';

/**
 * Keys that the Python tool did not know are left out: acting on one now would do what nobody has seen it do. `unknown` are
 * the findings of the schema about keys that dpo does not know either.
 */
export function unknownKeys(root: Located, unknown: readonly Finding[]): Change {
  const paths = unknownToPython(root.value);
  const said = new Map(unknown.map((finding) => [JSON.stringify(finding.path), finding]));
  return {
    edits: paths.map((path) => ({ action: 'remove', path })),
    findings: paths.map((path) => {
      const finding = said.get(JSON.stringify(path));
      const words = schemaAt(path) === undefined ? finding : newKey(path);
      return notCarried(root, {
        path,
        message: words?.message ?? `${describePath(path)} is left out`,
        hint: words?.hint,
      });
    }),
  };
}

function newKey(path: Path): { readonly message: string; readonly hint: string } {
  const where = path[0] === 'monitored_tables' && path.length === 3 ? ' of a table' : '';
  const message = `${describePath(path)}${where} was no key of the Python tool and is left out`;
  return { message, hint: 'dpo knows it: add it if you want what it does' };
}
