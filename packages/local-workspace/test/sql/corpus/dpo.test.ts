import { testCorpus } from './corpus.ts';
import { dpoTables, dpoStatements } from './dpo-statements.ts';

testCorpus('What dpo sends: discovery, unified views, drift, dashboards and cost', {
  setUp: dpoTables,
  statements: dpoStatements,
});
