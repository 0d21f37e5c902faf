import type { Row, State } from './types';

const VENDORS: Record<string, string> = { salesforce: 'Salesforce', zoho: 'Zoho CRM', wati: 'WATI', wawp: 'Wawp' };
const STATES: Record<State, string> = {
	new: 'all new',
	half: 'half known, with changes',
	changed: 'all known, with changes',
	unchanged: 'all known, nothing new',
};

export const vendorName = (vendor: string): string => VENDORS[vendor] ?? vendor;

/** What was done, as a reader of the README says it. */
export function describe({ work, vendor, contacts, state }: Row): string {
	const count = contacts.toLocaleString('en-US');
	switch (work) {
		case 'upsert':
			return `${vendorName(vendor)}: ${count} ${contacts === 1 ? `contact, ${STATES[state].replace('all ', '')}` : `contacts, ${STATES[state]}`}`;
		case 'broadcast':
			return `${vendorName(vendor)}: a template to ${count} recipients`;
		case 'media':
			return `${vendorName(vendor)}: a file of 100 MB`;
		case 'load':
			return `Loading ${vendor}`;
	}
}
