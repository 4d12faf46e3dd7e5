import { describe, test } from '@jest/globals';
import type { Action } from './action.ts';
import { replay } from './replay.ts';

/** Histories that once did not hold. */
const known: Readonly<Record<string, readonly Action[]>> = {
  'a create is interrupted, and the config asks for its table no more': [
    { do: 'configure', table: 'a', variant: 0 },
    { do: 'crash', death: { at: 'write', number: 3, phase: 'handled' } },
    { do: 'remove from config', table: 'a' },
    { do: 'configure', table: 'b', variant: 0 },
    { do: 'apply', parallelism: 10 },
  ],
  'a create is interrupted, and a run without deletes comes before the one that may delete': [
    { do: 'configure', table: 'a', variant: 0 },
    { do: 'crash', death: { at: 'write', number: 3, phase: 'handled' } },
    { do: 'remove from config', table: 'a' },
    { do: 'configure', table: 'b', variant: 0 },
    { do: 'configure', table: 'c', variant: 0 },
    { do: 'revoke', table: 'c', of: 'monitor' },
    { do: 'apply', parallelism: 10 },
    { do: 'grant again' },
    { do: 'apply', parallelism: 10 },
  ],
  'a replace is interrupted, and a run that is limited to another table comes next': [
    { do: 'configure', table: 'a', variant: 0 },
    { do: 'configure', table: 'b', variant: 4 },
    { do: 'stranger creates', table: 'd', as: 'person' },
    { do: 'apply', parallelism: 10 },
    { do: 'destroy' },
    { do: 'restore a state', copy: 0 },
    { do: 'create table again', table: 'a' },
    { do: 'crash', death: { at: 'write', number: 4, phase: 'received' } },
    { do: 'apply', parallelism: 10, select: 'b' },
  ],
  'the state is lost, and a table is disabled before the destroy': [
    { do: 'configure', table: 'b', variant: 0 },
    { do: 'apply', parallelism: 10 },
    { do: 'lose the state' },
    { do: 'configure', table: 'b', variant: 8 },
    { do: 'destroy' },
  ],
};

describe('histories that were found', () => {
  test.each(Object.entries(known))('%s', async (_name, actions) => replay(actions));
});
