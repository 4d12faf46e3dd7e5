import type { Document, Storage, Transaction } from '../storage/storage.ts';
import type { DestinationConfig } from './destination-config.ts';

/** A notification destination as it is kept: without secrets. */
export interface Destination {
  readonly id: string;
  readonly workspaceId: string;
  /** Place in the order of creation. */
  readonly order: number;
  readonly displayName: string;
  readonly config: DestinationConfig;
}

/** Destinations of other workspaces are not found. */
export function findDestination(
  source: Pick<Storage, 'get'>,
  workspaceId: string,
  id: string,
): Destination | undefined {
  const destination = source.get('destination', id.toLowerCase()) as Destination | undefined;
  return destination?.workspaceId === workspaceId ? destination : undefined;
}

export function listDestinations(source: Pick<Storage, 'list'>): readonly Destination[] {
  const destinations = source.list('destination') as unknown as readonly Destination[];
  return destinations.toSorted((left, right) => left.order - right.order);
}

export async function putDestination(transaction: Transaction, destination: Destination): Promise<void> {
  await transaction.put('destination', destination.id, destination as unknown as Document);
}
