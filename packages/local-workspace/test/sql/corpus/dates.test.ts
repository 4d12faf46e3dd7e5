import { testCorpus } from './corpus.ts';
import { datesStatements } from './dates-statements.ts';

testCorpus('Dates, timestamps and intervals', { statements: datesStatements });
