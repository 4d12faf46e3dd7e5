import { testCorpus } from './corpus.ts';
import { datesStatements } from './dates-statements.ts';

/** Dates, timestamps and intervals. */
testCorpus({ statements: datesStatements });
