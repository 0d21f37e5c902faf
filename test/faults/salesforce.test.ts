import { testMatrix } from './kit/matrix';
import { salesforce } from './steps/salesforce';

testMatrix(salesforce);
