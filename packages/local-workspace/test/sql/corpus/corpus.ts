import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openWorkspace } from '../workspace.ts';
import type { Workspace } from '../workspace.ts';
import { corpusTables } from './corpus-tables.ts';

type Row = readonly (string | null)[];

/** A statement, its rows and perhaps the types of its columns. */
export type CorpusStatement = readonly [statement: string, rows: readonly Row[], types?: readonly string[]];

/** A statement with class and SQLSTATE of its fault. */
export type CorpusFault = readonly [statement: string, fault: string];

/** Parameters that statements of the corpus may use. */
const parameters = [{ name: 'since', value: '2026-01-01', type: 'DATE' }];

/** One workspace for all statements of a topic: none of them changes what another reads. */
export function testCorpus(corpus: {
  readonly setUp?: readonly string[];
  readonly statements: readonly CorpusStatement[];
  readonly faults?: readonly CorpusFault[];
}): void {
  const { setUp = [], statements, faults = [] } = corpus;
  describe('corpus', () => {
    let workspace: Workspace;

    beforeAll(async () => {
      workspace = await openWorkspace();
      for (const statement of [...corpusTables, ...setUp]) await workspace.run(statement);
    });

    afterAll(async () => workspace.storage.close());

    test.each(statements)('the statement %s has its rows', async (...expected) => {
      const [statement, rows, types] = expected;
      const result = await workspace.run(statement, { parameters });
      expect(result.rows).toEqual(rows);
      if (types !== undefined) expect(result.columns.map((column) => column.typeText)).toEqual(types);
    });

    if (faults.length === 0) return;
    test.each(faults)('the statement %s fails with its class', async (statement, fault) => {
      expect(await workspace.fault(statement)).toBe(fault);
    });
  });
}
