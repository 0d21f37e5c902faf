import { ZohoCreateOrUpdateContact } from '../../../nodes/ZohoCreateOrUpdateContact/ZohoCreateOrUpdateContact.node';
import { defaultClient } from '../../simulators/zoho';
import { zohoFixture } from '../../support/crms';
import { contactsOf, PEOPLE, runCreateOrUpdate, seedPeople } from '../kit/contacts';
import type { RunContext, Step, Vendor } from '../kit/vendor';

const crm = zohoFixture();
const { simulator } = crm;
let tokens = { access_token: '', refresh_token: '', api_domain: '' };

const upsert =
	(options: Record<string, unknown> = {}) =>
	async (context: RunContext) =>
		await runCreateOrUpdate(
			crm,
			new ZohoCreateOrUpdateContact(),
			{
				credentials: { [crm.credentialType]: { ...crm.credentialData(), oauthTokenData: { ...tokens } } },
				oauth2: {
					[crm.credentialType]: {
						tokenUrl: `${simulator.accounts.origin}/oauth/v2/token`,
						clientId: defaultClient.id,
						clientSecret: defaultClient.secret,
						authentication: 'body',
					},
				},
			},
			context,
			PEOPLE,
			options,
		);

const wholeRefused = { status: 'error', code: 'NOT_APPROVED', message: 'the record is locked', details: {} };

const common: Pick<Step, 'server' | 'isDone' | 'count' | 'mayRunAgain' | 'calls' | 'run' | 'refusal'> = {
	...contactsOf(crm),
	server: () => simulator.api,
	calls: 1,
	run: upsert(),
	refusal: wholeRefused,
};

const steps: Step[] = [
	{
		...common,
		name: 'token',
		effect: 'token',
		server: () => simulator.accounts,
		method: 'POST',
		path: /\/oauth\/v2\/token$/,
		refusal: { error: 'invalid_code' },
		prepare: () => simulator.expireAccessTokens(),
	},
	{
		...common,
		name: 'user',
		effect: 'read',
		method: 'GET',
		path: /\/users$/,
		run: upsert({ originMarker: undefined }),
	},
	{
		...common,
		name: 'look-up',
		effect: 'read',
		method: 'POST',
		path: /\/coql$/,
		prepare: () => seedPeople(crm),
	},
	{ ...common, name: 'create', effect: 'create', method: 'POST', path: /\/Contacts\/upsert$/ },
	{
		...common,
		name: 'update',
		effect: 'update',
		method: 'PUT',
		path: /\/Contacts$/,
		prepare: () => seedPeople(crm),
	},
];

export const zoho: Vendor = {
	name: 'Zoho CRM',
	isOAuth2: true,
	start: crm.start,
	stop: crm.stop,
	reset() {
		crm.reset();
		simulator.grants.revoke();
		tokens = simulator.grant();
		simulator.settings.throttle = false;
	},
	secrets: () => [tokens.access_token, tokens.refresh_token, defaultClient.secret],
	steps,
};
