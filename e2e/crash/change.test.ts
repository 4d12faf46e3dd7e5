import { change } from './histories.ts';
import { crashSuite } from './suite.ts';

crashSuite(change);
