import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';

/** Rejects with `API.NOT_FOUND` where there is no such function. What it is like does not matter to dpo. */
export async function getFunction(client: Client, fullName: string, signal?: AbortSignal): Promise<void> {
  await client.send({ method: 'GET', path: `/api/2.1/unity-catalog/functions/${segment(fullName)}`, signal });
}
