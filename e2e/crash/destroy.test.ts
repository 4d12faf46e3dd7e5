import { destroy } from './histories.ts';
import { crashSuite } from './suite.ts';

crashSuite(destroy);
