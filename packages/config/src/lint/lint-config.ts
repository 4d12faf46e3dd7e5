import type { Problem } from '@dpo/core';
import type { LoadedConfig } from '../load-config.ts';

/**
 * What is legal but unwise in a config: warnings and notes, or errors where `policy.levels` says `deny`. Touches no file
 * and no network.
 */
export function lintConfig(loaded: LoadedConfig): readonly Problem[] {
  return loaded.lint();
}
