import { testCorpus } from './corpus.ts';
import { queriesFaults } from './queries-faults.ts';
import { queriesStatements } from './queries-statements.ts';

testCorpus('Clauses, joins, sets, windows and aggregates', { statements: queriesStatements, faults: queriesFaults });
