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
  const digest = digestOf(secret);
  await transaction.put('credential', digest, { ...credential, digest });
}

/** A secret with which a service principal gets tokens; it is no token itself. */
export function findClientSecret(source: Pick<Storage, 'get'>, client: ClientSecret): Credential | undefined {
  return source.get('credential', secretId(client)) as Credential | undefined;
}

export async function putClientSecret(
  transaction: Transaction,
  client: ClientSecret,
  workspaceId: string,
): Promise<void> {
  await transaction.put('credential', secretId(client), { userName: client.clientId, workspaceId });
}

/** Tokens of OAuth end; those that have ended are forgotten. */
export async function removeExpired(transaction: Transaction, now: number): Promise<void> {
  for (const document of transaction.list('credential')) {
    const { expiresAt, digest } = document as unknown as Credential & { readonly digest?: string };
    if (expiresAt !== undefined && expiresAt <= now && digest !== undefined) {
      await transaction.remove('credential', digest);
    }
  }
}

export interface ClientSecret {
  /** Application id of the service principal. */
  readonly clientId: string;
  readonly secret: string;
}

function secretId({ clientId, secret }: ClientSecret): string {
  return `client secret ${digestOf(`${clientId.toLowerCase()} ${secret}`)}`;
}

function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
