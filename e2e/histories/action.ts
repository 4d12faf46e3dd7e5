import fc from 'fast-check';
import type { Death } from '../support/engine/engine-run.ts';
import { edits, variants } from './variants.ts';

export const tables = ['a', 'b', 'c', 'd'] as const;
export type Table = (typeof tables)[number];

/** One step of a history, as plain data: what is printed is what can be replayed. */
export type Action =
  | { readonly do: 'configure'; readonly table: Table; readonly variant: number }
  | { readonly do: 'remove from config'; readonly table: Table }
  | { readonly do: 'drop table'; readonly table: Table }
  | { readonly do: 'create table again'; readonly table: Table }
  | { readonly do: 'stranger edits'; readonly table: Table; readonly edit: number }
  | { readonly do: 'stranger deletes'; readonly table: Table }
  | { readonly do: 'stranger creates'; readonly table: Table; readonly as: 'person' | 'project' }
  | { readonly do: 'plan' }
  | { readonly do: 'apply'; readonly parallelism: number; readonly select?: Table }
  | { readonly do: 'apply the saved plan' }
  | { readonly do: 'crash'; readonly death: Death }
  | { readonly do: 'refresh' }
  | { readonly do: 'destroy' }
  | { readonly do: 'revoke'; readonly table: Table; readonly of: 'table' | 'monitor' }
  | { readonly do: 'grant again' }
  | { readonly do: 'lose the state' }
  | { readonly do: 'restore a state'; readonly copy: number }
  /** A claim; random histories make none. */
  | { readonly do: 'expect no monitor'; readonly table: Table };

const table = fc.constantFrom(...tables);
const always = <T extends Action['do']>(name: T): fc.Arbitrary<T> => fc.constant(name);

const death: fc.Arbitrary<Death> = fc.oneof(
  fc.record({
    at: fc.constant('request' as const),
    number: fc.integer({ min: 1, max: 40 }),
    phase: fc.constantFrom('received' as const, 'handled' as const, 'answered' as const),
  }),
  fc.record({
    at: fc.constant('write' as const),
    number: fc.integer({ min: 1, max: 6 }),
    phase: fc.constantFrom('received' as const, 'handled' as const, 'answered' as const),
  }),
  fc.record({
    at: fc.constant('file' as const),
    operation: fc.integer({ min: 1, max: 45 }),
    phase: fc.constantFrom('before' as const, 'half' as const, 'after' as const),
  }),
);

const configure = fc.record({
  do: always('configure'),
  // Of what a stranger has from the beginning, less: a config that asks for it is refused.
  table: fc.constantFrom(...tables, ...tables.slice(0, 3), ...tables.slice(0, 3)),
  variant: fc.integer({ min: 0, max: variants.length - 1 }),
});

const apply = fc.record({ do: always('apply'), parallelism: fc.constantFrom(1, 10) });

/** What happens most in life, or lets other things happen, comes more often. */
const weighted: readonly (readonly [number, fc.Arbitrary<Action>])[] = [
  [6, configure],
  [6, apply],
  [1, fc.record({ do: always('apply'), parallelism: fc.constant(10), select: table })],
  [2, fc.record({ do: always('remove from config'), table })],
  [1, fc.record({ do: always('drop table'), table })],
  [3, fc.record({ do: always('create table again'), table })],
  [3, fc.record({ do: always('stranger edits'), table, edit: fc.integer({ min: 0, max: edits.length - 1 }) })],
  [1, fc.record({ do: always('stranger deletes'), table })],
  [1, fc.record({ do: always('stranger creates'), table, as: fc.constantFrom('person' as const, 'project' as const) })],
  [2, fc.record({ do: always('plan') })],
  [2, fc.record({ do: always('apply the saved plan') })],
  [4, fc.record({ do: always('crash'), death })],
  [1, fc.record({ do: always('refresh') })],
  [1, fc.record({ do: always('destroy') })],
  [1, fc.record({ do: always('revoke'), table, of: fc.constantFrom('table' as const, 'monitor' as const) })],
  [2, fc.record({ do: always('grant again') })],
  [1, fc.record({ do: always('lose the state') })],
  [1, fc.record({ do: always('restore a state'), copy: fc.nat({ max: 3 }) })],
];

export const anyAction: readonly fc.Arbitrary<Action>[] = weighted.flatMap(([weight, action]) =>
  Array.from({ length: weight }, () => action),
);

/** A beginning in which there is something to change, to lose and to leave alone. */
export const settledBeginning: readonly Action[] = [
  { do: 'configure', table: 'a', variant: 0 },
  { do: 'configure', table: 'b', variant: 4 },
  { do: 'stranger creates', table: 'd', as: 'person' },
  { do: 'apply', parallelism: 10 },
];
