import { ApiError } from '../api/api-error.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { Alert } from './alert.ts';

export interface AlertPlace {
  readonly workspaceId: string;
  readonly folder: string;
  /** The alert that is being renamed. */
  readonly self?: string;
}

/** The name an alert gets in its folder: as wanted, or on a clash "name (1)" or a refusal. Correction 14. */
export function nameInFolder(
  wanted: string,
  options: {
    readonly alerts: readonly Alert[];
    readonly place: AlertPlace;
    /** Whether another file stands where that of a name would. */
    readonly isFile: (name: string) => boolean;
    readonly behaviour: Behaviour;
  },
): string {
  const { alerts, place, behaviour } = options;
  const names = new Set(
    alerts
      .filter(({ id, workspaceId, folder }) => {
        return id !== place.self && workspaceId === place.workspaceId && folder === place.folder;
      })
      .filter(({ trashTime }) => trashTime === undefined || behaviour.alert_trash === 'blocks_name')
      .map(({ config }) => config.display_name),
  );
  const isTaken = (name: string): boolean => names.has(name) || options.isFile(name);
  if (!isTaken(wanted)) return wanted;
  if (behaviour.alert_name_clash === 'refused') {
    throw new ApiError(409, 'RESOURCE_ALREADY_EXISTS', `Alert with name '${wanted}' already exists in the folder.`);
  }
  let number = 1;
  while (isTaken(`${wanted} (${number})`)) number += 1;
  return `${wanted} (${number})`;
}
