import { testCorpus } from './corpus.ts';
import { collectionsStatements } from './collections-statements.ts';

testCorpus('Arrays, maps, structs, lambdas and generators', { statements: collectionsStatements });
