import type { Finding } from '../finding.ts';
import { spotAt, textAt, valueAt, type Located } from '../located.ts';

/** Two teams that keep the default name own each other's objects: what the state does not know is not deleted by it (U041). */
export function checkCleanup(root: Located): readonly Finding[] {
  const path = ['cleanup_orphans'];
  if (valueAt(root, ...path) !== true || textAt(root, 'project') !== undefined) return [];
  return [
    {
      code: 'CONFIG.PROJECT_REQUIRED',
      severity: 'error',
      message: "'cleanup_orphans' deletes by the name of the project, and 'project' is missing",
      hint: 'add project: NAME, a name that no other config uses',
      range: spotAt(root, path).key,
      path,
    },
  ];
}
