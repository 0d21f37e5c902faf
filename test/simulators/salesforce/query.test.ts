import { withSalesforce, type QueryAnswer } from './testClient';

const { simulator, api } = withSalesforce();

const ids = (answer: QueryAnswer) => answer.records.map((record) => record.Id);

describe('looking contacts up', () => {
	it('finds by address whatever its case, and shows what was asked for', async () => {
		const id = simulator.addContact({ LastName: 'Nil', Email: 'Ada@Contacts.example', Phone: '+1 415' });
		const { data, headers, status } = await api.query(
			"SELECT Id, email, Phone, Owner.Name FROM Contact WHERE Email = 'ada@contacts.EXAMPLE' ORDER BY LastModifiedDate DESC LIMIT 2",
		);
		expect(status).toBe(200);
		expect(data).toEqual({
			totalSize: 1,
			done: true,
			records: [
				{
					attributes: { type: 'Contact', url: `/services/data/v66.0/sobjects/Contact/${id}` },
					Id: id,
					Email: 'Ada@Contacts.example',
					Phone: '+1 415',
					Owner: {
						attributes: { type: 'User', url: expect.stringContaining('/sobjects/User/005') },
						Name: 'Integration User',
					},
				},
			],
		});
		expect(headers['sforce-limit-info']).toBe('api-usage=1/100000');
	});

	it('finds none, and many', async () => {
		simulator.seedContacts(3, () => ({ Email: 'shared@contacts.example' }));
		expect((await api.query("SELECT Id FROM Contact WHERE Email = 'nobody@contacts.example'")).data.totalSize).toBe(0);
		expect(
			(await api.query("SELECT Id FROM Contact WHERE Email IN ('shared@contacts.example','x')")).data.totalSize,
		).toBe(3);
		expect((await api.query('SELECT COUNT() FROM Contact')).data).toEqual({ totalSize: 3, done: true, records: [] });
	});

	it('does not find deleted contacts, unless all rows are asked for', async () => {
		const id = simulator.addContact({ LastName: 'Gone' });
		await api.delete(`/sobjects/Contact/${id}`);
		expect((await api.query('SELECT Id FROM Contact')).data.totalSize).toBe(0);
		expect(ids((await api.get<QueryAnswer>('/queryAll?q=SELECT+Id+FROM+Contact')).data)).toEqual([id]);
	});

	it('gives big results in pages', async () => {
		const all = simulator.seedContacts(450);
		api.headers = { 'Sforce-Query-Options': 'batchSize=200' };
		let page = (await api.query('SELECT Id FROM Contact')).data;
		const seen = ids(page);
		expect(page).toMatchObject({
			totalSize: 450,
			done: false,
			nextRecordsUrl: expect.stringMatching(/\/query\/01g\w+-200$/),
		});
		while (page.nextRecordsUrl) {
			page = (await api.get<QueryAnswer>(page.nextRecordsUrl.replace('/services/data/v66.0', ''))).data;
			seen.push(...ids(page));
		}
		expect(page.done).toBe(true);
		expect(seen).toEqual(all);
		expect((await api.get('/query/01gNOTHERE-200')).data).toMatchObject([{ errorCode: 'INVALID_QUERY_LOCATOR' }]);
	});

	it.each([
		["LastName LIKE '%BE%'", ['Beta']],
		[String.raw`LastName LIKE '100\%'`, ['100%']],
		["NOT LastName LIKE 'A%'", ['Beta', '100%']],
		['Lead_Score__c > 10', ['Beta']],
		['Lead_Score__c = null', ['100%']],
		["Email = ''", ['100%']],
		["Email != 'alpha@contacts.example'", ['Beta', '100%']],
		['WhatsApp_Opt_In__c = true AND (Lead_Score__c < 5 OR Lead_Score__c > 50)', ['Beta']],
		['Birthdate >= 1990-01-01', ['Beta']],
		['CreatedDate > 2020-01-01T00:00:00Z', ['Alpha', 'Beta', '100%']],
		["Interests__c INCLUDES ('Messaging;Voice')", ['Beta']],
		["Account.Name = 'Nobody'", []],
	])('WHERE %s', async (condition, names) => {
		simulator.addContact({
			LastName: 'Alpha',
			Email: 'alpha@contacts.example',
			Lead_Score__c: 10,
			WhatsApp_Opt_In__c: true,
		});
		simulator.addContact({
			LastName: 'Beta',
			Email: 'beta@contacts.example',
			Lead_Score__c: 99.5,
			WhatsApp_Opt_In__c: true,
			Birthdate: '1990-01-01',
			Interests__c: 'Messaging;Support;Voice',
		});
		simulator.addContact({ LastName: '100%' });
		const { data } = await api.query(`SELECT LastName FROM Contact WHERE ${condition}`);
		expect(data.records.map((record) => record.LastName)).toEqual(names);
	});

	it('takes ids of 15 and of 18 characters', async () => {
		const id = simulator.addContact({ LastName: 'Alpha' });
		expect(ids((await api.query(`SELECT Id FROM Contact WHERE Id = '${id.slice(0, 15)}'`)).data)).toEqual([id]);
	});

	it('puts contacts without a value first, and sorts without regard to case', async () => {
		const a = simulator.addContact({ LastName: 'X', FirstName: 'anna' });
		const b = simulator.addContact({ LastName: 'X', FirstName: 'Bert' });
		const none = simulator.addContact({ LastName: 'X' });
		expect(ids((await api.query('SELECT Id FROM Contact ORDER BY FirstName')).data)).toEqual([none, a, b]);
		expect(ids((await api.query('SELECT Id FROM Contact ORDER BY FirstName DESC NULLS LAST OFFSET 1')).data)).toEqual([
			a,
			none,
		]);
	});
});

describe('queries that are refused', () => {
	it.each([
		['MALFORMED_QUERY', String.raw`SELECT Id FROM Contact WHERE Email = 'a\d'`],
		['MALFORMED_QUERY', 'SELECT Id FROM Contact WHERE'],
		['MALFORMED_QUERY', 'SELECT Id, id FROM Contact'],
		['MALFORMED_QUERY', 'SELECT Id FROM Contact ORDER BY Description'],
		['INVALID_FIELD', 'SELECT FullName FROM Contact'],
		['INVALID_FIELD', "SELECT Id FROM Contact WHERE Mail = 'a'"],
		['INVALID_FIELD', 'SELECT Boss.Name FROM Contact'],
		['INVALID_FIELD', "SELECT Id FROM Contact WHERE Description = 'a'"],
		['INVALID_FIELD', 'SELECT Id FROM Contact WHERE Email = 5'],
		['INVALID_FIELD', "SELECT Id FROM Contact WHERE Birthdate = '1990-01-01'"],
		['INVALID_QUERY_FILTER_OPERATOR', "SELECT Id FROM Contact WHERE Id = 'not an id'"],
		['INVALID_TYPE', 'SELECT Id FROM Contacts'],
		['NUMBER_OUTSIDE_VALID_RANGE', 'SELECT Id FROM Contact OFFSET 2001'],
	])('%s: %s', async (errorCode, soql) => {
		const { data, status } = await api.query(soql);
		expect(status).toBe(400);
		expect(data).toMatchObject([{ errorCode, message: expect.any(String) }]);
	});

	it('names the unknown column and where it stands', async () => {
		const { data } = await api.query<Array<{ message: string }>>('SELECT Id, FullName FROM Contact');
		expect(data[0]?.message).toMatch(/ERROR at Row:1:Column:12\nNo such column 'FullName' on entity 'Contact'/);
	});
});
