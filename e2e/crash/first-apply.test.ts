import { firstApply } from './histories.ts';
import { crashSuite } from './suite.ts';

crashSuite(firstApply);
