import { destroy, takeOver } from './histories.ts';
import { faultSuite } from './suite.ts';

faultSuite(destroy, 75);
faultSuite(takeOver, 35);
