import { testMatrix } from './kit/matrix';
import { wawp } from './steps/wawp';

testMatrix(wawp);
