import { testCorpus } from './corpus.ts';
import { metadataFaults } from './metadata-faults.ts';
import { metadataStatements } from './metadata-statements.ts';

testCorpus('SHOW, DESCRIBE, information_schema and harmless commands', {
  statements: metadataStatements,
  faults: metadataFaults,
});
