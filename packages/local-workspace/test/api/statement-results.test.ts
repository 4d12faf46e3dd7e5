import { describe, expect, test } from '@jest/globals';
import { createResultLinks } from '../../src/api/result-links.ts';
import { createStatements } from '../../src/api/statements.ts';
import { createWorkspaceClock } from '../../src/clock.ts';
import { createIds } from '../../src/unity/ids.ts';
import { callerNamed } from '../sql/workspace.ts';

const hour = 3_600_000;
const columns = [{ name: 'n', typeName: 'INT', typeText: 'INT' }];

describe('results of statements', () => {
  test('a result is kept for an hour, its statement for twelve', async () => {
    let time = 0;
    const statements = createStatements({
      engine: { execute: async () => ({ columns, rows: [['1']] }) },
      warehouses: { wake: async () => 0 } as never,
      ids: createIds(),
      now: () => time,
      wait: createWorkspaceClock().wait,
    });
    const id = statements.submit({
      request: { statement: 'SELECT 1', caller: callerNamed('ana@example.com') },
      warehouseId: 'w',
      delivery: { disposition: 'INLINE' },
    });
    await statements.wait(id, 1000);
    const seen = [0, hour, hour + 1, 12 * hour + 1].map((at) => {
      time = at;
      const view = statements.find(id);
      return [view?.state, view?.result?.rows.length];
    });
    expect(seen).toEqual([
      ['SUCCEEDED', 1],
      ['SUCCEEDED', 1],
      ['CLOSED', undefined],
      [undefined, undefined],
    ]);
  });

  test('a link opens for fifteen minutes', () => {
    let time = 0;
    const links = createResultLinks({ ids: createIds(), now: () => time });
    const { token, expiration } = links.make({ columns, rows: [['1']], format: 'JSON_ARRAY' });
    expect(expiration).toBe('1970-01-01T00:15:00.000Z');
    time = 15 * 60_000 - 1;
    expect(Buffer.from(links.open(token)?.content ?? []).toString()).toBe('[["1"]]');
    time += 1;
    expect(links.open(token)).toBeUndefined();
  });

  test('CSV quotes what needs it, and tells an empty text from NULL', () => {
    const links = createResultLinks({ ids: createIds(), now: () => 0 });
    const rows = [['a,b'], ['say "x"'], [''], [null], ['two\nlines']];
    const { token } = links.make({ columns, rows, format: 'CSV' });
    expect(Buffer.from(links.open(token)?.content ?? []).toString()).toBe(
      'n\n"a,b"\n"say ""x"""\n""\n\n"two\nlines"\n',
    );
  });
});
