import { purge } from './histories.ts';
import { crashSuite } from './suite.ts';

crashSuite(purge);
