import { quoted } from '@dpo/state';
import type { ProjectFlags, WorkspaceFlags } from './flags.ts';

/** `dpo state <words>` with the flags that lead it to the same state: what a hint says can be typed as it stands. */
export function stateWords(
  flags: ProjectFlags & Partial<Pick<WorkspaceFlags, 'host' | 'profile'>>,
): (words: string) => string {
  const named = (['config', 'target', 'state', 'host', 'profile'] as const).flatMap((name) => {
    const value = flags[name];
    return value === undefined ? [] : [`--${name} ${quoted(value)}`];
  });
  return (words) => ['dpo state', words, ...named].join(' ');
}
