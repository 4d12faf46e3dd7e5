import { testCorpus } from './corpus.ts';
import { ansiFaults } from './ansi-faults.ts';
import { ansiStatements } from './ansi-statements.ts';

testCorpus('ANSI mode: casts, arithmetic, decimals and NULL', { statements: ansiStatements, faults: ansiFaults });
