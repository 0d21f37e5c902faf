import type { Clock } from '../kit/clock';
import type { Simulator } from '../kit/simulator';
import type { AddressBook } from './contacts';
import type { WawpSettings } from './settings';

/** What the parts of the simulator share. */
export interface World {
	api: Simulator;
	settings: WawpSettings;
	clock: Clock;
	contacts: AddressBook;
	/** 12 letters and digits (C1). */
	instanceId: string;
	accessToken: string;
}
