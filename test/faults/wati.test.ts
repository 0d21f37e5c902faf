import { testMatrix } from './kit/matrix';
import { wati } from './steps/wati';

testMatrix(wati);
