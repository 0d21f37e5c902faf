import type { Clock } from '../kit/clock';
import type { Simulator } from '../kit/simulator';
import type { Grants } from './accounts/grants';
import type { Contacts } from './contacts/contacts';
import type { ZohoSettings } from './settings';

/** What the parts of the simulator share. */
export interface World {
	accounts: Simulator;
	api: Simulator;
	settings: ZohoSettings;
	clock: Clock;
	grants: Grants;
	contacts: Contacts;
}
