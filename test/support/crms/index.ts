import { salesforceFixture } from './salesforce';
import type { CrmFixture } from './types';
import { watiFixture } from './wati';
import { wawpFixture } from './wawp';
import { zohoFixture } from './zoho';

export { email, mapped, phone, type CrmFixture, type SampleContact, type StoredSample } from './types';
export { salesforceFixture, watiFixture, wawpFixture, zohoFixture };

/** All vendors, each with its own simulator; not started. */
export const allCrms = (): CrmFixture[] => [watiFixture(), salesforceFixture(), zohoFixture(), wawpFixture()];
