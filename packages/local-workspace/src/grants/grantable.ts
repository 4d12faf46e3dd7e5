import { securableTypes } from '../access/securable.ts';
import type { Securable, SecurableType } from '../access/securable.ts';
import { invalidParameter } from '../api/api-error.ts';
import type { Storage } from '../storage/storage.ts';
import { doesNotExist, UnityError } from '../unity/unity-error.ts';
import type { Securable as SecurableName } from '../unity/unity-error.ts';

const names: Readonly<Record<Exclude<SecurableType, 'metastore'>, SecurableName>> = {
  catalog: 'Catalog',
  schema: 'Schema',
  table: 'Table',
  volume: 'Volume',
  function: 'Function',
};

/** The object that a path of the grants API names; types come in any case, and views are tables. 404 when there is none. */
export function requireGrantable(
  source: Pick<Storage, 'get'>,
  metastoreId: string,
  parameters: (name: string) => string,
): Securable {
  const asked = parameters('securable_type');
  const type = securableTypes.find((known) => known === asked.toLowerCase());
  if (type === undefined)
    throw invalidParameter(`securable_type: '${asked}' is not one of ${securableTypes.join(', ')}`);
  const name = parameters('full_name').toLowerCase();
  if (type === 'metastore') {
    if (name === metastoreId) return { type, name };
    const message = `Metastore '${name}' does not exist.`;
    throw new UnityError({ status: 404, code: 'METASTORE_DOES_NOT_EXIST', message });
  }
  if (source.get(type, name) === undefined) throw doesNotExist(names[type], name);
  return { type, name };
}
