import { testCorpus } from './corpus.ts';
import { queriesFaults } from './queries-faults.ts';
import { queriesStatements } from './queries-statements.ts';

/** Clauses, joins, sets, windows and aggregates. */
testCorpus({ statements: queriesStatements, faults: queriesFaults });
