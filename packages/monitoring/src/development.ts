import type { LoadedConfig } from '@dpo/config';
import type { Problem } from '@dpo/core';

/** A person's own copy of what a config asks for (ruling 20): no schedules, alerts paused, names that say whose they are. */
export interface Development {
  /** What the person is called in display names. */
  readonly user: string;
}

/** A display name as this run writes it. */
export function displayName(name: string, development: Development | undefined): string {
  return development === undefined ? name : `[dev ${development.user}] ${name}`;
}

/** Told once for all tables: their schedules are left out. Nothing where none has one. */
export function unscheduled(loaded: LoadedConfig, tables: number): readonly Problem[] {
  if (tables === 0) return [];
  const { targetName } = loaded;
  const monitors = tables === 1 ? '1 monitor' : `${String(tables)} monitors`;
  return [
    {
      code: 'CONFIG.DEVELOPMENT',
      severity: 'note',
      message: `schedules are left out in the development target '${targetName}': ${monitors}`,
      hint: 'metrics are computed when you ask for it: dpo refresh',
      place: loaded.placeOf(['targets', targetName, 'development']),
    },
  ];
}
