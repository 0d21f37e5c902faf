import { duplicateRule, type DuplicateRule } from './index';
import { withSalesforce } from './testClient';

const { simulator, api } = withSalesforce();
let known: string;

beforeEach(() => {
	known = simulator.addContact({ LastName: 'Nil', Email: 'nil@contacts.example', Phone: '1' });
});

const twin = { LastName: 'Nil', Email: 'NIL@contacts.example' };
const rules = (...more: Array<Partial<DuplicateRule>>) => {
	simulator.org.settings.duplicateRules = more.map(duplicateRule);
};
const create = async () => await api.post<Array<Record<string, unknown>>>('/sobjects/Contact', twin);

describe('a duplicate rule that alerts', () => {
	it('refuses with the details under the misspelt key', async () => {
		rules({});
		const { data, status } = await create();
		expect(status).toBe(400);
		expect(data).toEqual([
			{
				duplicateResut: {
					allowSave: true,
					duplicateRule: 'Standard_Contact_Duplicate_Rule',
					duplicateRuleEntityType: 'Contact',
					errorMessage: expect.any(String),
					matchResults: [
						{
							entityType: 'Contact',
							errors: [],
							matchEngine: 'FuzzyMatchEngine',
							matchRecords: [
								{
									additionalInformation: [],
									fieldDiffs: [],
									matchConfidence: 100,
									record: {
										attributes: { type: 'Contact', url: `/services/data/v66.0/sobjects/Contact/${known}` },
										Id: known,
									},
								},
							],
							rule: 'Standard_Contact_Match_Rule_v1_1',
							size: 1,
							success: true,
						},
					],
				},
				errorCode: 'DUPLICATES_DETECTED',
				message: expect.any(String),
			},
		]);
	});

	it.each(['duplicateResut', 'duplicateResult'] as const)('can spell the key %s', async (key) => {
		rules({ key });
		expect((await create()).data[0]).toHaveProperty(key);
	});

	it('can leave the details out', async () => {
		rules({ key: 'none' });
		expect((await create()).data).toEqual([{ errorCode: 'DUPLICATES_DETECTED', message: expect.any(String) }]);
	});

	it('shows more of the record when the header asks for it', async () => {
		rules({});
		api.headers = { 'Sforce-Duplicate-Rule-Header': 'allowSave=false; includeRecordDetails=true' };
		expect((await create()).data).toMatchObject([
			{ duplicateResut: { matchResults: [{ matchRecords: [{ record: { Id: known, Phone: '1' } }] }] } },
		]);
	});

	it('gives way to allowSave=true, from version 52', async () => {
		rules({});
		api.headers = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true; runAsCurrentUser=true' };
		expect((await create()).status).toBe(201);
		api.version = 'v51.0';
		expect((await create()).status).toBe(400);
	});

	it('does not find the record itself on update', async () => {
		rules({});
		expect((await api.patch(`/sobjects/Contact/${known}`, twin)).status).toBe(204);
	});

	it('may match a lead', async () => {
		const lead = simulator.addLead({ LastName: 'Nil', Company: 'Acme', Email: 'nil@contacts.example' });
		rules({ against: 'Lead' });
		expect((await create()).data).toMatchObject([
			{ duplicateResut: { matchResults: [{ entityType: 'Lead', matchRecords: [{ record: { Id: lead } }] }] } },
		]);
	});
});

it('a rule that blocks does not give way', async () => {
	rules({ action: 'block' });
	api.headers = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' };
	expect((await create()).data).toMatchObject([{ duplicateResut: { allowSave: false } }]);
});

describe('in a collection', () => {
	const rows = { records: [{ attributes: { type: 'Contact' }, ...twin }] };

	it('the row says DUPLICATES_DETECTED, without details', async () => {
		rules({});
		expect((await api.post('/composite/sobjects', rows)).data).toEqual([
			{ success: false, errors: [{ statusCode: 'DUPLICATES_DETECTED', message: expect.any(String), fields: [] }] },
		]);
	});

	it('or with them, when the org is set to that', async () => {
		rules({ key: 'duplicateResult' });
		simulator.org.settings.duplicateResultInRows = true;
		expect((await api.post('/composite/sobjects', rows)).data).toMatchObject([
			{ errors: [{ duplicateResult: { allowSave: true } }] },
		]);
	});

	it('rows of one call are duplicates of each other', async () => {
		rules({});
		const two = {
			records: [1, 2].map(() => ({ attributes: { type: 'Contact' }, LastName: 'X', Email: 'x@y.example' })),
		};
		expect((await api.post('/composite/sobjects', two)).data).toMatchObject([{ success: true }, { success: false }]);
	});
});
