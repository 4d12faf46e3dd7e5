import { createHash } from 'node:crypto';
import type { Storage, Transaction } from '../storage/storage.ts';

/** Whom a token or a client secret stands for. Only digests are kept: the data file holds no credential. */
export interface Credential {
  readonly userName: string;
  readonly workspaceId: string;
  /** Epoch milliseconds of real time; absent: it does not expire. */
  readonly expiresAt?: number;
}

export function findCredential(source: Pick<Storage, 'get'>, secret: string): Credential | undefined {
  return source.get('credential', digestOf(secret)) as Credential | undefined;
}

export async function putCredential(transaction: Transaction, secret: string, credential: Credential): Promise<void> {
  await transaction.put('credential', digestOf(secret), { ...credential });
}

function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
