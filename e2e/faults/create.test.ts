import { firstApply, withoutWarehouse } from './histories.ts';
import { faultSuite } from './suite.ts';

faultSuite(firstApply, 70);
faultSuite(withoutWarehouse, 45);
