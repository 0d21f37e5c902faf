import { testMatrix } from './kit/matrix';
import { zoho } from './steps/zoho';

testMatrix(zoho);
