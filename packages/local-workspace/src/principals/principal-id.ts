import { createHash } from 'node:crypto';
import type { Storage } from '../storage/storage.ts';
import { findPrincipal } from './principal.ts';

/** Groups are kept by name only; the digits that the service shows follow from it. */
export function groupId(name: string): string {
  return String(Number.parseInt(createHash('sha256').update(name).digest('hex').slice(0, 12), 16));
}

/** The int64 id of a user, service principal or group. */
export function principalId(source: Pick<Storage, 'get'>, name: string): number {
  return Number(findPrincipal(source, name)?.id ?? groupId(name));
}
