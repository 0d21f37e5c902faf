import { WawpCreateOrUpdateContact } from '../../../nodes/WawpCreateOrUpdateContact/WawpCreateOrUpdateContact.node';
import { wawpFixture } from '../../support/crms';
import { contactsOf, runCreateOrUpdate, seedPeople } from '../kit/contacts';
import type { Step, Vendor } from '../kit/vendor';

const crm = wawpFixture();
const { simulator } = crm;

/** Wawp saves a contact by PUT whether it is new or not, so that a create may be repeated like an update. */
const common: Pick<Step, 'server' | 'isDone' | 'count' | 'mayRunAgain' | 'calls' | 'run' | 'refusal'> = {
	...contactsOf(crm),
	server: () => simulator.api,
	calls: 3,
	refusal: { code: 'plan_limit', message: 'The plan has ended' },
	run: async (context) =>
		await runCreateOrUpdate(
			crm,
			new WawpCreateOrUpdateContact(),
			{ credentials: { [crm.credentialType]: { ...crm.credentialData(), sendCredentialsIn: 'automatic' } } },
			context,
		),
};

const steps: Step[] = [
	{ ...common, name: 'look-up', effect: 'read', method: 'GET', path: /\/contacts$/ },
	{ ...common, name: 'create', effect: 'update', method: 'PUT', path: /\/contacts\/[^/]+$/ },
	{
		...common,
		name: 'update',
		effect: 'update',
		method: 'PUT',
		path: /\/contacts\/[^/]+$/,
		prepare: () => seedPeople(crm),
	},
];

export const wawp: Vendor = {
	name: 'Wawp',
	isOAuth2: false,
	start: crm.start,
	stop: crm.stop,
	reset: crm.reset,
	secrets: () => [simulator.accessToken],
	// The last place where Wawp may look for credentials is the query; it is tried only where the others were refused.
	mayShowSecret: (trouble) => trouble === '401',
	steps,
};
