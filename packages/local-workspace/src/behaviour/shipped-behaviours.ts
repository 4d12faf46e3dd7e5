import { switches } from './behaviour.ts';
import type { Behaviour, SwitchName } from './behaviour.ts';

/** What the best sources say, and the opposite of it in every switch: what passes under both relies on neither. */
export const shippedBehaviours = { documented: choose(0), contrary: choose(1) } as const satisfies Readonly<
  Record<string, Behaviour>
>;

export type ShippedBehaviour = keyof typeof shippedBehaviours;

function choose(index: 0 | 1): Behaviour {
  return Object.fromEntries(Object.entries(switches).map(([name, values]) => [name, values[index]])) as Readonly<
    Record<SwitchName, string>
  > as Behaviour;
}
