import { testCorpus } from './corpus.ts';
import { dpoTables, dpoStatements } from './dpo-statements.ts';

/** What dpo sends: discovery, unified views, drift, dashboards and cost. */
testCorpus({
  setUp: dpoTables,
  statements: dpoStatements,
});
