import { testCorpus } from './corpus.ts';
import { ansiFaults } from './ansi-faults.ts';
import { ansiStatements } from './ansi-statements.ts';

/** ANSI mode: casts, arithmetic, decimals and NULL. */
testCorpus({ statements: ansiStatements, faults: ansiFaults });
