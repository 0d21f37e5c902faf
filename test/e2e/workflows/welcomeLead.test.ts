import type { StoredWorkflow } from '../../host/n8nClient';
import { given, ReadyWorkflows } from './world';

jest.setTimeout(120_000);

let world: ReadyWorkflows;
let workflow: StoredWorkflow;

beforeAll(async () => {
	world = await ReadyWorkflows.start();
	workflow = await world.import('welcome-lead', {
		enable: ['New Lead from Elsewhere'],
		disable: ['New Lead in Salesforce'],
		settings: { Settings: { defaultCountry: 'US' } },
	});
});
afterAll(async () => world?.stop());

beforeEach(() => {
	world.wati.reset();
	world.wati.account.addTemplate({ name: 'welcome_lead' });
	world.wati.account.teams.add('Sales');
});

const ada = { firstName: 'Ada', lastName: 'Lovelace', phone: '(201) 555-0123', email: 'ada@example.com' };

test('a new lead becomes a contact, gets the template and the team', async () => {
	const run = await world.tell(workflow, ada);
	expect(run.status).toBe('success');
	const contact = world.wati.account.contactByPhone('12015550123');
	expect(contact).toMatchObject({ name: 'Ada Lovelace' });
	expect(contact?.attributes.get('email')).toBe('ada@example.com');
	expect([...(contact?.teams ?? [])]).toEqual(['Sales']);
	expect(world.templatesSent()).toEqual([{ template: 'welcome_lead', phone: '12015550123', values: { name: 'Ada' } }]);
	expect(given(run, 'Needs a Look')).toEqual([]);
});

test('a lead that comes twice, and a contact that WATI knows already, are not greeted again', async () => {
	await world.tell(workflow, ada);
	await world.tell(workflow, ada);
	world.wati.account.addContact({ phone: '12015550124', name: 'Grace' });
	const run = await world.tell(workflow, { ...ada, phone: '+12015550124' });
	expect(run.status).toBe('success');
	expect(world.templatesSent()).toHaveLength(1);
	expect(world.wati.account.contactByPhone('12015550124')?.name).toBe('Grace');
});

test('a lead without a phone number, and one that WATI refuses, come out with the reason and what to do', async () => {
	const withoutPhone = await world.tell(workflow, { ...ada, phone: '' });
	expect(withoutPhone.status).toBe('success');
	expect(given(withoutPhone, 'Needs a Look')).toMatchObject([
		{ name: 'Ada Lovelace', reason: 'WhatsApp Number is missing', whatToDo: expect.stringContaining('Map it') },
	]);
	world.wati.account.unreachable.set('12015550123', '131026');
	const refused = await world.tell(workflow, ada);
	expect(given(refused, 'Needs a Look')).toMatchObject([
		{
			phone: '(201) 555-0123',
			reason: expect.stringContaining('131026'),
			whatToDo: expect.stringContaining('no WhatsApp'),
		},
	]);
	expect([...(world.wati.account.contactByPhone('12015550123')?.teams ?? [])]).toEqual([]);
});
