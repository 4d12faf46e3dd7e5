import type { Access } from '../access/access.ts';
import { requireOwnerChange } from '../access/owner-change.ts';
import { schemaSecurable, tableSecurable } from '../access/securable.ts';
import type { Storage } from '../storage/storage.ts';
import { requireSchemaNamed } from '../unity/object-name.ts';
import { doesNotExist } from '../unity/unity-error.ts';
import type { Unity } from '../unity/unity.ts';
import { invalidParameter } from './api-error.ts';
import { filledText, shape } from './reader.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';

const newOwner = shape({ optional: { owner: filledText } });

/** A new owner is all that REST changes of a table or view (`TablesAPI.update`). */
export function tableOwnerRoutes(options: {
  readonly storage: Storage;
  readonly unity: Unity;
  readonly access: Access;
}): readonly Route[] {
  const { storage, unity, access } = options;
  return [
    route('PATCH /api/2.1/unity-catalog/tables/{full_name}', {
      body: newOwner,
      async handle({ parameters, body: { owner: wanted }, caller }) {
        if (wanted === undefined) throw invalidParameter('UpdateTable Nothing to update');
        const fullName = parameters('full_name');
        await storage.transaction(async (transaction) => {
          const [catalog = '', schema = ''] = fullName.split('.');
          const place = requireSchemaNamed(transaction, { catalog, schema });
          const table = unity.table(fullName);
          if (table === undefined) {
            access.require(caller, 'USE_SCHEMA', schemaSecurable(place));
            throw doesNotExist('Table', fullName);
          }
          const change = { securable: tableSecurable(table), owner: wanted };
          const owner = requireOwnerChange({ storage, access, caller }, change);
          await unity.updateTable(transaction, { ...table, owner });
        });
        // The SDK expects no answer.
        return {};
      },
    }),
  ];
}
