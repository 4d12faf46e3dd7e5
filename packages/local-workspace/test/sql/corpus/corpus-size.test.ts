import { expect, test } from '@jest/globals';
import { ansiFaults } from './ansi-faults.ts';
import { metadataFaults } from './metadata-faults.ts';
import { queriesFaults } from './queries-faults.ts';
import { ansiStatements } from './ansi-statements.ts';
import { collectionsStatements } from './collections-statements.ts';
import { datesStatements } from './dates-statements.ts';
import { dpoStatements } from './dpo-statements.ts';
import { functionsStatements } from './functions-statements.ts';
import { metadataStatements } from './metadata-statements.ts';
import { queriesStatements } from './queries-statements.ts';

/** The numbers that the documentation states. */
const stated = { statements: 238, faults: 163 };

test('the corpus has as many statements as is stated, none of them twice', () => {
  const statements = [
    ...ansiStatements,
    ...collectionsStatements,
    ...datesStatements,
    ...dpoStatements,
    ...functionsStatements,
    ...metadataStatements,
    ...queriesStatements,
  ].map(([statement]) => statement);
  const faults = [...ansiFaults, ...metadataFaults, ...queriesFaults].map(([statement]) => statement);
  expect({ statements: statements.length, faults: faults.length }).toEqual(stated);
  expect(new Set([...statements, ...faults]).size).toBe(stated.statements + stated.faults);
});
