import { describe, expect, test } from '@jest/globals';
import type { Address } from '../src/address.ts';
import { sortGraph } from '../src/graph.ts';

const [a, b, c]: readonly [Address, Address, Address] = ['schema:a', 'monitor:b', 'monitor:c'];

describe('sortGraph', () => {
  test('puts dependencies first, and equals in the order of addresses', () => {
    expect(
      sortGraph(
        [c, b, a],
        [
          { from: b, to: a },
          { from: c, to: a },
        ],
      ),
    ).toEqual({ status: 'sorted', order: [a, b, c] });
  });

  test('ignores edges that leave the graph', () => {
    expect(sortGraph([b], [{ from: b, to: a }])).toEqual({ status: 'sorted', order: [b] });
  });

  test('reports a cycle by its members', () => {
    expect(
      sortGraph(
        [a, b, c],
        [
          { from: b, to: c },
          { from: c, to: b },
        ],
      ),
    ).toEqual({ status: 'cycle', cycle: [b, c, b] });
  });
});
