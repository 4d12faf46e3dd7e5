import { firstApply, withoutWarehouse } from './histories.ts';
import { faultSuite } from './suite.ts';

faultSuite(firstApply, 90);
faultSuite(withoutWarehouse, 60);
