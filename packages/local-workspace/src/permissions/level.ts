/** Rights on workspace objects, from the least to the most; a right includes those before it in its list. */
export const fileLevels = ['CAN_READ', 'CAN_RUN', 'CAN_EDIT', 'CAN_MANAGE'] as const;
export const warehouseLevels = ['CAN_VIEW', 'CAN_USE', 'CAN_MONITOR', 'CAN_MANAGE', 'IS_OWNER'] as const;

export type Level = (typeof fileLevels)[number] | (typeof warehouseLevels)[number];

/** Kinds of objects as the path of the permissions API names them. */
export type PermissionType = 'alertsv2' | 'dashboards' | 'directories' | 'files' | 'notebooks' | 'sql/warehouses';

export function levelsOf(type: PermissionType): readonly Level[] {
  return type === 'sql/warehouses' ? warehouseLevels : fileLevels;
}

export function includes(type: PermissionType, held: Level | undefined, wanted: Level): boolean {
  const levels = levelsOf(type);
  return held !== undefined && levels.indexOf(held) >= levels.indexOf(wanted);
}

export function highest(type: PermissionType, levels: readonly Level[]): Level | undefined {
  return levelsOf(type).findLast((level) => levels.includes(level));
}
