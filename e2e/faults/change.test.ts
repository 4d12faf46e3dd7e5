import { change } from './histories.ts';
import { faultSuite } from './suite.ts';

faultSuite(change, 95);
