import type { StoredWorkflow } from '../../host/n8nClient';
import { given, ReadyWorkflows, startedByWebhook } from './world';

jest.setTimeout(120_000);

let world: ReadyWorkflows;
let check: StoredWorkflow;
let write: StoredWorkflow;

beforeAll(async () => {
	world = await ReadyWorkflows.start();
	const started = (path: string) => ({ replace: { 'Try It Out': startedByWebhook(path) } });
	check = await world.import('nightly-two-way-check', started('nightly-check'));
	write = await world.import('nightly-two-way-check', {
		...started('nightly-write'),
		settings: { Settings: { writeChanges: true } },
	});
});
afterAll(async () => world?.stop());

beforeEach(() => {
	world.wati.reset();
	world.salesforce.contacts.clear();
	world.salesforce.resetTraffic();
});

/** Ada is new to WATI, Grace has no email there yet, Alan is the same in both, Marie is new to Salesforce, two can't be read. */
function fill(): void {
	const { salesforce, wati } = world;
	salesforce.addContact({
		FirstName: 'Ada',
		LastName: 'Lovelace',
		Email: 'ada@example.com',
		MobilePhone: '+12015550121',
	});
	salesforce.addContact({ LastName: 'Hopper', Email: 'grace@example.com', MobilePhone: '+12015550122' });
	salesforce.addContact({ LastName: 'Turing', Email: 'alan@example.com', MobilePhone: '+12015550123' });
	salesforce.addContact({ LastName: 'Broken', Email: 'broken@example.com', MobilePhone: 'call me' });
	salesforce.addContact({ LastName: 'Landline', Email: 'landline@example.com' });
	wati.account.addContact({ phone: '12015550122', name: 'Hopper' });
	wati.account.addContact({ phone: '12015550123', name: 'Turing', attributes: { email: 'alan@example.com' } });
	wati.account.addContact({ phone: '12015550124', name: 'Marie Curie', attributes: { email: 'marie@example.com' } });
	wati.account.addContact({ phone: '12015550125', name: 'Odd', attributes: { email: 'odd' } });
	wati.account.addContact({ phone: '12015550126', name: 'Without Email' });
}

const writes = () =>
	[...world.wati.log, ...world.salesforce.log].filter(
		({ method, path }) => method !== 'GET' && !path.endsWith('/composite'),
	);

test('dry run: a table of what would change, and nothing is written', async () => {
	fill();
	const run = await world.tell(check, {});
	expect(run.status).toBe('success');
	const rows = given(run, 'What Would Change');
	expect(rows).toMatchObject([
		{ system: 'WATI', action: 'created', name: 'Ada Lovelace', contact: '+12015550121' },
		{ system: 'WATI', action: 'updated', name: 'Hopper', changes: 'email: empty -> grace@example.com' },
		{ system: 'WATI', action: 'problem', name: 'Broken', changes: expect.stringContaining('not a phone number') },
		{ system: 'Salesforce', action: 'created', name: 'Marie Curie', contact: 'marie@example.com' },
		{ system: 'Salesforce', action: 'problem', name: 'Odd' },
	]);
	expect(String(given(run, 'Table')[0]?.table)).toContain('grace@example.com');
	expect(writes()).toEqual([]);
});

test('switched on: what the table says is written, and the next check finds nothing more to do', async () => {
	fill();
	const run = await world.tell(write, {});
	expect(run.status).toBe('success');
	expect(given(run, 'Not Written')).toEqual([]);
	const ada = world.wati.account.contactByPhone('12015550121');
	expect([ada?.name, ada?.attributes.get('email')]).toEqual(['Ada Lovelace', 'ada@example.com']);
	expect(world.wati.account.contactByPhone('12015550122')?.attributes.get('email')).toBe('grace@example.com');
	expect(world.salesforce.contactsByEmail('marie@example.com')).toMatchObject([
		{ FirstName: 'Marie', LastName: 'Curie', MobilePhone: '+12015550124' },
	]);
	const again = await world.tell(check, {});
	expect(given(again, 'What Would Change').map(({ action }) => action)).toEqual(['problem', 'problem']);
});

test('only one of the two has contacts: the table is made all the same', async () => {
	world.salesforce.addContact({ LastName: 'Alone', Email: 'alone@example.com', MobilePhone: '+12015550121' });
	const run = await world.tell(check, {});
	expect(given(run, 'What Would Change')).toMatchObject([{ system: 'WATI', action: 'created', name: 'Alone' }]);
});

test('Salesforce that does not answer ends the run before anything is written', async () => {
	fill();
	world.salesforce.fault({ method: 'GET', path: /query$/, status: 500, times: 20 });
	const run = await world.tell(write, {});
	expect(run.status).toBe('error');
	expect(writes()).toEqual([]);
});
