import { nameOf } from '../address.ts';
import type { Kind } from './kind.ts';

/**
 * A Unity Catalog schema for outputs. Spec: `{ name: 'prod.monitoring_results' }`, and `owner` where the config names one,
 * to whom a schema that dpo makes is handed over (W004). An existing schema is used as it is:
 * never altered, adopted, recorded or deleted, and several projects may share it (W016); only one that carries our
 * marker (written when dpo creates it) is ours.
 */
export const schemaKind: Kind = {
  name: 'schema',
  version: 1,
  existing: 'used',
  rules: {
    name: {
      label: 'output_schema_name',
      rules: [{ same: 'name' }, { immutable: 'the name of a schema is its identity' }],
    },
    owner: { label: 'owner', rules: [{ release: true }, { same: 'name' }] },
  },
  normalise: (spec) => spec,
  lookup: (address) => ({ by: 'name', address, name: nameOf(address) }),
  edges: () => [],
  upgrade: (_from, stored) => stored,
  lost: () => [],
};
