import type { KnownRecipients, ReadContext } from '@dpo/core';
import { listDestinations } from '../api/destinations.ts';
import { findUsers } from '../api/users.ts';
import { restated } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { readAll } from './read-all.ts';

export interface RecipientsRequest {
  readonly emails: readonly string[];
  /** Display names of destinations. */
  readonly names: readonly string[];
}

/** Ids of those who are to be told. One request an address, and the pages of the destinations if one goes by its name. */
export async function readRecipients(
  client: Client,
  { emails, names }: RecipientsRequest,
  context: ReadContext,
): Promise<KnownRecipients> {
  const users = await readAll(emails, context, async (email, { signal }) => {
    const ids = await findUsers(client, email, signal).catch((error: unknown) => {
      throw restated(error, () => ({ hint: 'name a notification destination instead of an e-mail address' }));
    });
    return [email, ids] as const;
  });
  const destinations =
    names.length === 0 ? new Map() : await context.limit(() => listDestinations(client, context.signal));
  return { users: new Map(users), destinations };
}
