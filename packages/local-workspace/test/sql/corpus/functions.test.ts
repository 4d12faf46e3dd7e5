import { testCorpus } from './corpus.ts';
import { functionsStatements } from './functions-statements.ts';

testCorpus('Functions of texts, numbers and JSON', { statements: functionsStatements });
