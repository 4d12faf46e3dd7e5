import type { Privilege } from '../access/privilege.ts';
import type { SecurableType } from '../access/securable.ts';

const inSchema: readonly Privilege[] = [
  'CREATE_FUNCTION',
  'CREATE_MATERIALIZED_VIEW',
  'CREATE_TABLE',
  'CREATE_VOLUME',
  'EXECUTE',
  'MODIFY',
  'READ_VOLUME',
  'REFRESH',
  'SELECT',
  'USE_SCHEMA',
  'WRITE_VOLUME',
];

/** Which privileges can be granted on what ("Unity Catalog privileges and securable objects"); most are for what is below. */
export const applicablePrivileges: Readonly<Record<SecurableType, readonly Privilege[]>> = {
  metastore: ['CREATE_CATALOG'],
  catalog: ['ALL_PRIVILEGES', 'APPLY_TAG', 'BROWSE', 'CREATE_SCHEMA', 'MANAGE', 'USE_CATALOG', ...inSchema],
  schema: ['ALL_PRIVILEGES', 'APPLY_TAG', 'MANAGE', ...inSchema],
  table: ['ALL_PRIVILEGES', 'APPLY_TAG', 'MANAGE', 'MODIFY', 'REFRESH', 'SELECT'],
  volume: ['ALL_PRIVILEGES', 'APPLY_TAG', 'MANAGE', 'READ_VOLUME', 'WRITE_VOLUME'],
  function: ['ALL_PRIVILEGES', 'APPLY_TAG', 'EXECUTE', 'MANAGE'],
};
