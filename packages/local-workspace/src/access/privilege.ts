/** Privileges as the grants API spells them; SQL writes blanks for the underscores. */
export const privileges = [
  'ALL_PRIVILEGES',
  'APPLY_TAG',
  'BROWSE',
  'CREATE_CATALOG',
  'CREATE_FUNCTION',
  'CREATE_MATERIALIZED_VIEW',
  'CREATE_SCHEMA',
  'CREATE_TABLE',
  'CREATE_VOLUME',
  'EXECUTE',
  'MANAGE',
  'MODIFY',
  'READ_VOLUME',
  'REFRESH',
  'SELECT',
  'USE_CATALOG',
  'USE_SCHEMA',
  'WRITE_VOLUME',
] as const;

export type Privilege = (typeof privileges)[number];

/** ALL_PRIVILEGES stands for every privilege but these, which have to be granted by name. */
const notImplied: readonly Privilege[] = ['MANAGE'];

/** Whether a granted privilege gives the wanted one. */
export function implies(granted: Privilege, wanted: Privilege): boolean {
  return granted === wanted || (granted === 'ALL_PRIVILEGES' && !notImplied.includes(wanted));
}

export function privilegeText(privilege: Privilege): string {
  return privilege.replaceAll('_', ' ');
}

/** Privileges that give data, which the owner of a parent and a metastore admin do not have by themselves. */
export function isData(privilege: Privilege): boolean {
  return ['EXECUTE', 'MODIFY', 'READ_VOLUME', 'SELECT', 'WRITE_VOLUME'].includes(privilege);
}
