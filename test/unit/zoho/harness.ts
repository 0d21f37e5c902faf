import { axiosTransport } from '../../../http/axiosTransport';
import type { RetryLimits } from '../../../http/retryTable';
import { createOrUpdate } from '../../../upsert/engine';
import type { ContactInput, FieldInfo, UpsertPolicy } from '../../../upsert/types';
import type { ZohoApi } from '../../../vendors/zoho/api';
import { parseZohoConnection, zohoApi, type ZohoToken } from '../../../vendors/zoho/connection';
import { zohoDirectory } from '../../../vendors/zoho/directory';
import { ZohoSimulator, type SignedIn } from '../../simulators/zoho';
import { batch, policy } from '../upsert/builders';

const FAST: Partial<RetryLimits> = { firstPauseMs: 1, longestPauseMs: 5 };

export const FIELDS: FieldInfo[] = [
	{ id: 'Email', label: 'Email', type: 'text' },
	{ id: 'Last_Name', label: 'Last Name', type: 'text' },
	{ id: 'Phone', label: 'Phone', type: 'text' },
	{ id: 'Lead_Source', label: 'Lead Source', type: 'text' },
	{ id: 'Origin', label: 'Origin', type: 'text' },
	{ id: 'Conversation_Summary', label: 'Conversation Summary', type: 'text' },
	{ id: 'Lead_Score', label: 'Lead Score', type: 'number' },
	{ id: 'Email_Opt_Out', label: 'Email Opt Out', type: 'boolean' },
	{ id: 'Interests', label: 'Interests', type: 'list' },
	{ id: 'Loyalty_Number', label: 'Loyalty Number', type: 'text' },
	{ id: 'Last_Visit', label: 'Last Visit', type: 'dateTime' },
	{ id: 'Lifetime_Value', label: 'Lifetime Value', type: 'number' },
	{ id: 'Discount', label: 'Discount', type: 'number' },
	{ id: 'Satisfaction', label: 'Satisfaction', type: 'number' },
	{ id: 'Customer_Number', label: 'Customer Number', type: 'text' },
];

type Values = Record<string, string | number | boolean | string[] | null>;

export function item(email: string, values: Values = {}): Omit<ContactInput, 'itemIndex'> {
	return {
		key: { field: 'Email', label: 'Email', value: email, compare: email.toLowerCase() },
		values: new Map(Object.entries({ Last_Name: 'Lopez', ...values, Email: email })),
	};
}

/** A Zoho account, and the directory on it as a run has it. */
export function useZohoAccount() {
	const zoho = new ZohoSimulator();
	let token: SignedIn & ZohoToken;
	let api: ZohoApi;
	beforeAll(async () => {
		await zoho.start();
	});
	afterAll(async () => await zoho.stop());

	/** Signs in with these scopes, or all. */
	const connect = (scopes?: string): ZohoApi => {
		token = zoho.grant(scopes);
		const authorize = () => ({ authorization: `Bearer ${token.access_token}` });
		api = zohoApi(axiosTransport({ authorize }), parseZohoConnection(token), async () => token, FAST);
		return api;
	};
	beforeEach(() => {
		zoho.reset();
		connect();
		zoho.api.resetTraffic();
	});

	const run = async (inputs: Array<Omit<ContactInput, 'itemIndex'>>, choices: Partial<UpsertPolicy> = {}) => {
		const chosen = policy(choices);
		const directory = zohoDirectory(api, FIELDS, { allowUpdate: chosen.allowUpdate });
		return await createOrUpdate(batch(...inputs), chosen, directory);
	};
	return { zoho, connect, run, api: () => api, token: () => token };
}
