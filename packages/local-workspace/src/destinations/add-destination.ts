import type { Transaction } from '../storage/storage.ts';
import type { DestinationConfig } from './destination-config.ts';
import { listDestinations, putDestination } from './destination.ts';
import type { Destination } from './destination.ts';

/** Adds a destination behind those that are there. A configuration in the form of the API is read by `destinationConfig`. */
export async function addDestination(
  transaction: Transaction,
  added: {
    readonly id: string;
    readonly workspaceId: string;
    readonly displayName: string;
    readonly config: DestinationConfig;
  },
): Promise<Destination> {
  const order = (listDestinations(transaction).at(-1)?.order ?? 0) + 1;
  const destination: Destination = { ...added, order };
  await putDestination(transaction, destination);
  return destination;
}
