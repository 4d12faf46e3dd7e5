import { testCorpus } from './corpus.ts';
import { metadataFaults } from './metadata-faults.ts';
import { metadataStatements } from './metadata-statements.ts';

/** SHOW, DESCRIBE, information_schema and harmless commands. */
testCorpus({
  statements: metadataStatements,
  faults: metadataFaults,
});
