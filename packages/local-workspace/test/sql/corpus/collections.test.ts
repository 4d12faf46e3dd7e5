import { testCorpus } from './corpus.ts';
import { collectionsStatements } from './collections-statements.ts';

/** Arrays, maps, structs, lambdas and generators. */
testCorpus({ statements: collectionsStatements });
