import { describe, expect, test } from '@jest/globals';
import { withWorkspace } from '../workspace-client.ts';
import { plannedCalls } from './python-dpo-calls.ts';
import { remember, replay, send } from './planned-call.ts';
import type { Seen } from './planned-call.ts';

/** Calls whose part of the server is not here; each must leave this list as soon as it is. */
const awaited: readonly string[] = [];

describe('the calls of the older Python tool', () => {
  test('are all served, with the fields that it went on to use', async () => {
    // Pinned, as the tool wants the monitor list refused, sends a folder that it never made, and does not wait for ACTIVE.
    const behaviour = {
      monitor_list: 'unimplemented',
      monitor_assets_dir: 'any',
      monitor_pending_refresh: 'queued',
    } as const;
    await withWorkspace({ principal: 'ann@example.com', behaviour }, async ({ call, warehouseId }) => {
      let seen: Seen = { warehouseId };
      const missing: string[] = [];
      for (const one of plannedCalls) {
        const name = `${one.method} ${one.path(seen).split('?')[0]}`;
        if (!awaited.includes(name)) {
          seen = await replay(call, [one], seen);
          continue;
        }
        const reply = await send(call, one, seen);
        if (reply.status !== one.status || reply.body['error_code'] === 'ENDPOINT_NOT_FOUND') missing.push(name);
        else seen = remember(seen, one, reply);
      }
      expect(plannedCalls).toHaveLength(27);
      expect(missing).toEqual(awaited);
    });
  });
});
