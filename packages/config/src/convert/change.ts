import type { Finding, Path } from '../finding.ts';
import { spotAt, type Located } from '../located.ts';
import type { Edit } from './edit.ts';

/** What a rule makes of a file of the Python tool: how it is written for dpo, and what its owner has to know. */
export interface Change {
  readonly edits: readonly Edit[];
  readonly findings: readonly Finding[];
}

interface Words {
  readonly path: Path;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Left out of the new file. */
export function notCarried(root: Located, { path, message, hint }: Words): Finding {
  const range = spotAt(root, path).key;
  return { code: 'INIT.NOT_CARRIED', severity: 'warning', message, hint, range, path };
}

/** Carried over, and not the same as it was. */
export function meansElse(root: Located, { path, message, hint }: Words): Finding {
  const range = spotAt(root, path).key;
  return { code: 'INIT.CHANGED', severity: 'warning', message, hint, range, path };
}

/** Carried over as it was, in another spelling. */
export function speltElse(root: Located, words: Words): Finding {
  return { ...meansElse(root, words), severity: 'note' };
}
