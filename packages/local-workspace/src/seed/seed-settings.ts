import type { Behaviour } from '../behaviour/behaviour.ts';
import { readBehaviour } from '../behaviour/read-behaviour.ts';
import { shippedBehaviours } from '../behaviour/shipped-behaviours.ts';
import { findPrincipal } from '../principals/principal.ts';
import type { Principal } from '../principals/principal.ts';
import type { Storage } from '../storage/storage.ts';
import type { Ids } from '../unity/ids.ts';
import { atPlace } from './at-place.ts';
import { declaredPrincipal } from './load-principals.ts';
import type { Seed } from './read-seed.ts';
import type { SeedPorts } from './seed-table.ts';

/** What a seed says about the workspace itself. It counts from the start on, and is kept for later starts. */
export interface SeedSettings {
  readonly currentUser?: string;
  readonly principal?: Principal;
  readonly behaviour?: Behaviour;
}

const settingsId = 'settings';

/** Settings for a start: those of the seed, else those that an earlier seed left behind. */
export async function startSettings(
  storage: Pick<Storage, 'get'>,
  seed: Seed | undefined,
  ids: Ids,
): Promise<SeedSettings> {
  const kept = (storage.get('workspace', settingsId) ?? {}) as Pick<SeedSettings, 'currentUser' | 'behaviour'>;
  const given = seed === undefined ? undefined : await seedBehaviour(seed);
  const behaviour = given ?? kept.behaviour;
  const currentUser = seed?.content.current_user ?? kept.currentUser;
  const stored = currentUser === undefined ? undefined : findPrincipal(storage, currentUser);
  const declared =
    seed === undefined || currentUser === undefined ? undefined : declaredPrincipal(seed, currentUser, ids);
  const principal = stored ?? declared;
  return {
    ...(currentUser === undefined ? {} : { currentUser }),
    ...(principal === undefined ? {} : { principal }),
    ...(behaviour === undefined ? {} : { behaviour: { ...shippedBehaviours.documented, ...behaviour } }),
  };
}

/** A workspace that runs already cannot become another user or behave otherwise. */
export async function checkSettings(ports: SeedPorts, seed: Seed): Promise<void> {
  const { current_user: currentUser } = seed.content;
  if (currentUser !== undefined && currentUser.toLowerCase() !== ports.principal.toLowerCase()) {
    const message = `current_user: the workspace runs as ${ports.principal}; start it with this seed`;
    throw seed.fault(['current_user'], message);
  }
  // A behaviour that was given at the start goes before that of the seed; here only its being readable is checked.
  await seedBehaviour(seed);
}

/** What the last seed said holds for later starts. */
export async function keepSettings({ storage }: SeedPorts, seed: Seed): Promise<void> {
  const { current_user: currentUser } = seed.content;
  const behaviour = await seedBehaviour(seed);
  if (currentUser === undefined && behaviour === undefined) return;
  await storage.transaction(async (transaction) => {
    const kept = transaction.get('workspace', settingsId) ?? {};
    const given = {
      ...(currentUser === undefined ? {} : { currentUser }),
      ...(behaviour === undefined ? {} : { behaviour }),
    };
    await transaction.put('workspace', settingsId, { ...kept, ...given });
  });
}

/** A name, or a file beside the seed. */
async function seedBehaviour(seed: Seed): Promise<Behaviour | undefined> {
  const { behaviour } = seed.content;
  if (behaviour === undefined) return undefined;
  const named = Object.hasOwn(shippedBehaviours, behaviour) ? behaviour : seed.resolve(behaviour);
  return atPlace({ seed, path: ['behaviour'], what: 'behaviour' }, () => readBehaviour(named));
}
