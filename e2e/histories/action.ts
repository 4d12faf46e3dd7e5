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
    number: fc.integer({ min: 1, max: 50 }),
    phase: fc.constantFrom('received' as const, 'handled' as const, 'answered' as const),
  }),
  fc.record({
    at: fc.constant('write' as const),
    number: fc.integer({ min: 1, max: 8 }),
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
  table,
  variant: fc.integer({ min: 0, max: variants.length - 1 }),
});

const apply = fc.record(
  { do: always('apply'), parallelism: fc.constantFrom(1, 10), select: table },
  { requiredKeys: ['do', 'parallelism'] },
);

/** What happens most in life comes more than once. */
export const anyAction: readonly fc.Arbitrary<Action>[] = [
  configure,
  configure,
  configure,
  apply,
  apply,
  fc.record({ do: always('remove from config'), table }),
  fc.record({ do: always('drop table'), table }),
  fc.record({ do: always('create table again'), table }),
  fc.record({ do: always('stranger edits'), table, edit: fc.integer({ min: 0, max: edits.length - 1 }) }),
  fc.record({ do: always('stranger deletes'), table }),
  fc.record({
    do: always('stranger creates'),
    table,
    as: fc.constantFrom('person' as const, 'project' as const),
  }),
  fc.record({ do: always('plan') }),
  fc.record({ do: always('apply the saved plan') }),
  fc.record({ do: always('crash'), death }),
  fc.record({ do: always('crash'), death }),
  fc.record({ do: always('refresh') }),
  fc.record({ do: always('destroy') }),
  fc.record({ do: always('revoke'), table, of: fc.constantFrom('table' as const, 'monitor' as const) }),
  fc.record({ do: always('grant again') }),
  fc.record({ do: always('lose the state') }),
  fc.record({ do: always('restore a state'), copy: fc.nat({ max: 3 }) }),
];
