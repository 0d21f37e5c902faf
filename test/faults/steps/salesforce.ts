import { SalesforceCreateOrUpdateContact } from '../../../nodes/SalesforceCreateOrUpdateContact/SalesforceCreateOrUpdateContact.node';
import { SALESFORCE_CLIENT } from '../../simulators/salesforce';
import { salesforceFixture } from '../../support/crms';
import { contactsOf, PEOPLE, runCreateOrUpdate, seedPeople } from '../kit/contacts';
import type { RunContext, Step, Vendor } from '../kit/vendor';

const crm = salesforceFixture();
const { simulator } = crm;
const REFRESH_TOKEN = '5AepCanaryRefreshTokenOfTheFaultSuite';

let tokens: Record<string, string> = {};

/** A connection whose token can be renewed. */
function connect(): void {
	simulator.oauth.sessions.clear();
	const { token, ...session } = simulator.openSession();
	simulator.oauth.refreshTokens.set(REFRESH_TOKEN, { ...session, refreshToken: REFRESH_TOKEN });
	tokens = {
		access_token: token,
		refresh_token: REFRESH_TOKEN,
		instance_url: simulator.instanceUrl,
		id: session.identityUrl,
		token_type: 'Bearer',
	};
}

const upsert =
	(people = PEOPLE) =>
	async (context: RunContext) =>
		await runCreateOrUpdate(
			crm,
			new SalesforceCreateOrUpdateContact(),
			{
				credentials: { [crm.credentialType]: { ...crm.credentialData(), oauthTokenData: { ...tokens } } },
				oauth2: {
					[crm.credentialType]: {
						tokenUrl: `${simulator.origin}/services/oauth2/token`,
						clientId: SALESFORCE_CLIENT.id,
						clientSecret: SALESFORCE_CLIENT.secret,
						authentication: 'header',
					},
				},
			},
			context,
			people,
		);

const rowRefused = {
	success: false,
	errors: [{ statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'insufficient access rights', fields: [] }],
};

const common: Pick<Step, 'server' | 'isDone' | 'count' | 'mayRunAgain' | 'calls' | 'run'> = {
	...contactsOf(crm),
	server: () => simulator,
	calls: 1,
	run: upsert(),
};

const steps: Step[] = [
	{
		...common,
		name: 'token',
		effect: 'token',
		method: 'POST',
		path: /\/oauth2\/token$/,
		refusal: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
		prepare: () => simulator.expireAccessTokens(),
	},
	{
		...common,
		name: 'look-up',
		effect: 'read',
		method: 'GET',
		path: /\/query$/,
		refusal: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'no access' }],
	},
	{
		...common,
		name: 'create',
		effect: 'create',
		method: 'POST',
		path: /\/composite\/sobjects$/,
		refusal: PEOPLE.map(() => rowRefused),
	},
	{
		...common,
		name: 'update',
		effect: 'update',
		method: 'PATCH',
		path: /\/composite\/sobjects$/,
		refusal: PEOPLE.map(() => rowRefused),
		prepare: () => seedPeople(crm),
	},
	{
		...common,
		name: 'create of one',
		effect: 'create',
		method: 'POST',
		path: /\/sobjects\/Contact$/,
		items: 1,
		refusal: rowRefused,
		run: upsert([0]),
	},
	{
		...common,
		name: 'update of one',
		effect: 'update',
		method: 'PATCH',
		path: /\/sobjects\/Contact\/\w+$/,
		items: 1,
		refusal: rowRefused,
		prepare: () => seedPeople(crm),
		run: upsert([0]),
	},
];

export const salesforce: Vendor = {
	name: 'Salesforce',
	isOAuth2: true,
	start: crm.start,
	stop: crm.stop,
	reset() {
		crm.reset();
		connect();
	},
	secrets: () => [
		tokens.access_token ?? '',
		REFRESH_TOKEN,
		SALESFORCE_CLIENT.secret,
		...simulator.oauth.sessions.keys(),
	],
	steps,
};
