import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { axiosTransport } from '../../../http/axiosTransport';
import type { Transport } from '../../../http/types';
import { SalesforceCreateOrUpdateContact } from '../../../nodes/SalesforceCreateOrUpdateContact/SalesforceCreateOrUpdateContact.node';
import { toMapperFields } from '../../../nodes/shared/createOrUpdate/mapper';
import type { ContactDirectory, ContactInput, FieldValue } from '../../../upsert/types';
import { SalesforceApi, type SalesforceOptions } from '../../../vendors/salesforce/api';
import { salesforceDirectory } from '../../../vendors/salesforce/directory';
import { emailKey } from '../../../vendors/salesforce/email';
import { salesforceFields } from '../../../vendors/salesforce/fields';
import type { WriteOptions } from '../../../vendors/salesforce/writes';
import { SalesforceSimulator, type Session } from '../../simulators/salesforce';
import { runNodeFake, type FakeRun } from '../../support/fakeExecute';

/** Short pauses, so that what is tried again is tried at once. */
const AT_ONCE = { firstPauseMs: 1, longestPauseMs: 2 };

export interface NodeRun {
	/** Values of the mapper, as expressions would give them for each item. */
	items: Array<Record<string, unknown>>;
	/** Parameters besides the mapper. */
	parameters?: Record<string, unknown>;
	onError?: FakeRun['onError'];
}

/** One org for a test file, as it was at first before each test. */
export class TestOrg {
	readonly simulator = new SalesforceSimulator();
	private session!: Session;

	constructor() {
		beforeAll(async () => await this.simulator.start());
		beforeEach(() => {
			this.simulator.reset();
			this.session = this.simulator.openSession();
		});
		afterAll(async () => await this.simulator.stop());
	}

	api(options: SalesforceOptions = {}): SalesforceApi {
		const transport = axiosTransport({ authorize: () => this.authorization() });
		const connection = { origin: this.simulator.instanceUrl, accessToken: this.session.token };
		return new SalesforceApi(transport, connection, { limits: AT_ONCE, ...options });
	}

	/** As n8n 1.x renews a token: after each refusal, also for calls of one moment. */
	renewing(): { transport: Transport; renewals: () => number } {
		const plain = axiosTransport({ authorize: () => this.authorization() });
		let count = 0;
		const send: Transport['send'] = async (request) => {
			const answer = await plain.send(request);
			if (answer.status !== 401) return answer;
			count++;
			this.session = this.simulator.openSession();
			return await plain.send(request);
		};
		return { transport: { ...plain, send }, renewals: () => count };
	}

	async directory(options: WriteOptions = { saveAnyway: false }): Promise<ContactDirectory> {
		const fields = await salesforceFields(this.api());
		const labels = new Map(fields.map(({ id, label }) => [id, label]));
		this.simulator.resetTraffic();
		return salesforceDirectory(this.api({ label: (id) => labels.get(id) ?? id }), fields, options);
	}

	/** Runs the node with every field of the org in its mapper; gives what comes out for each item. */
	async run({ items, parameters = {}, onError = 'continueRegularOutput' }: NodeRun): Promise<INodeExecutionData[]> {
		const { fields: schema } = toMapperFields(await salesforceFields(this.api()), ['Email', 'LastName']);
		this.simulator.resetTraffic();
		const [output] = await runNodeFake(new SalesforceCreateOrUpdateContact(), {
			parameters: {
				allowCreate: true,
				allowUpdate: true,
				...parameters,
				fields: (item: number) => ({
					mappingMode: 'defineBelow',
					value: items[item],
					schema: schema.map((field) => ({ ...field, removed: !(field.id in (items[item] ?? {})) })),
				}),
			},
			credentials: { salesforceConnectionOAuth2Api: this.credential() },
			authorize: () => this.authorization(),
			items: items.map(() => ({ json: {} })),
			onError,
		});
		return output ?? [];
	}

	/** As n8n keeps it after somebody has signed in. */
	credential() {
		const { token, identityUrl } = this.session;
		const oauthTokenData: IDataObject = {
			access_token: token,
			instance_url: this.simulator.instanceUrl,
			id: identityUrl,
		};
		return {
			environment: 'production',
			grantType: 'pkce',
			oauthTokenData: { ...oauthTokenData, token_type: 'Bearer' },
		};
	}

	/** Calls so far, of the data API. */
	get calls(): number {
		return this.simulator.requests('GET', /data/).length + this.writes;
	}

	get writes(): number {
		return [...this.simulator.requests('POST', /data/), ...this.simulator.requests('PATCH', /data/)].length;
	}

	private authorization(): { Authorization: string } {
		return { Authorization: `Bearer ${this.session.token}` };
	}
}

/** Items of a batch by email; the last name comes from the email where none is given. */
export function people(entries: Array<Record<string, FieldValue> & { Email: string }>): ContactInput[] {
	return entries.map((values, itemIndex) => ({
		itemIndex,
		key: { field: 'Email', label: 'Email', value: values.Email, compare: emailKey(values.Email) },
		values: new Map(Object.entries({ LastName: 'Doe', ...values })),
	}));
}
