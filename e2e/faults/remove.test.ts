import { destroy, takeOver } from './histories.ts';
import { faultSuite } from './suite.ts';

faultSuite(destroy, 90);
faultSuite(takeOver, 50);
