import type { LoadedConfig } from '@dpo/config';
import type { Owner } from '@dpo/core';

/** Workspace folder of everything that an owner has. Shared by all who run this project, never a user's folder (T16). */
export function ownerFolder(loaded: LoadedConfig, owner: Owner): string {
  const root = (loaded.config.dashboard_parent_path ?? '/Workspace/Shared/DPO').replace(/\/+$/u, '');
  return `${root}/${owner.project}/${owner.target}`;
}
