import { createRequestLog } from '../../../src/api/request-log.ts';
import type { Route } from '../../../src/api/route.ts';
import { shippedBehaviours } from '../../../src/behaviour/shipped-behaviours.ts';
import { createResources } from '../../../src/create-resources.ts';
import { createWorkspaceClock } from '../../../src/clock.ts';
import { createFaultRules } from '../../../src/realism/fault-rules.ts';
import { openStorage } from '../../../src/storage/open-storage.ts';
import { createIds } from '../../../src/unity/ids.ts';

/** All calls that the server takes, but for its own control calls. */
export async function routeTable(): Promise<readonly Route[]> {
  const storage = await openStorage(':memory:');
  const { routes, worker } = await createResources({
    storage,
    ids: createIds(),
    workspaceClock: createWorkspaceClock(() => new Date()),
    principal: {
      id: '1',
      kind: 'user',
      userName: 'ann@example.com',
      displayName: 'Ann',
      groups: [],
      admin: true,
      metastoreAdmin: true,
    },
    behaviour: shippedBehaviours.documented,
    faults: createFaultRules([], () => 0),
    log: createRequestLog(),
    stop: () => undefined,
    workspaceUrl: () => 'http://127.0.0.1',
  });
  await worker.close();
  await storage.close();
  return routes.filter(({ path }) => !path.startsWith('/__local/'));
}
