import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { objectsField, textField } from './fields.ts';
import { allPages } from './paging.ts';

const path = '/api/2.1/unity-catalog/permissions/table';

/** Privileges given on the object itself, not above it. */
export interface TableGrant {
  readonly principal: string;
  /** As the API spells them. */
  readonly privileges: readonly string[];
}

/**
 * Grants on a table or view. Whoever neither owns nor manages it is shown his own and those of his groups only, without a
 * word about it (corrections, 16).
 */
export async function listTableGrants(
  client: Client,
  table: string,
  signal?: AbortSignal,
): Promise<readonly TableGrant[]> {
  const request = {
    path: `${path}/${segment(table)}`,
    query: { max_results: '0' },
    key: 'privilege_assignments',
    signal,
  };
  const found = await allPages(client, request);
  return found.map((body) => ({
    principal: textField(body, 'principal') ?? '',
    // A list of texts here, of objects where they are effective.
    privileges: Array.isArray(body['privileges'])
      ? body['privileges'].filter((each) => typeof each === 'string')
      : objectsField(body, 'privileges').flatMap((each) => textField(each, 'privilege') ?? []),
  }));
}

export interface TableGrantChange {
  readonly principal: string;
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** Gives what is given already and takes what is gone without an error. */
export async function changeTableGrants(
  client: Client,
  { table, changes }: { readonly table: string; readonly changes: readonly TableGrantChange[] },
  signal?: AbortSignal,
): Promise<void> {
  const body = {
    changes: changes.map(({ principal, add = [], remove = [] }) => ({
      principal,
      ...(add.length === 0 ? {} : { add: [...add] }),
      ...(remove.length === 0 ? {} : { remove: [...remove] }),
    })),
    omit_permissions_in_response: true,
  };
  await client.send({ method: 'PATCH', path: `${path}/${segment(table)}`, body, effect: 'idempotent', signal });
}
