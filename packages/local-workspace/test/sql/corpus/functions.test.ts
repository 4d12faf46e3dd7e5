import { testCorpus } from './corpus.ts';
import { functionsStatements } from './functions-statements.ts';

/** Functions of texts, numbers and JSON. */
testCorpus({ statements: functionsStatements });
