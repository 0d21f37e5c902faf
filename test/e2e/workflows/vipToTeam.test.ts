import type { StoredWorkflow } from '../../host/n8nClient';
import { given, ReadyWorkflows } from './world';

jest.setTimeout(120_000);

let world: ReadyWorkflows;
let workflow: StoredWorkflow;

beforeAll(async () => {
	world = await ReadyWorkflows.start();
	workflow = await world.import('vip-to-team', {
		enable: ['Customer from Elsewhere'],
		disable: ['Contact Changed'],
		settings: { Settings: { vipField: 'loyalty' } },
	});
});
afterAll(async () => world?.stop());

beforeEach(() => {
	world.wati.reset();
	world.wati.account.teams.add('VIP');
});

const ada = { name: 'Ada Lovelace', phone: '+12015550123', loyalty: 'VIP' };
const teams = (): string[] => [...(world.wati.account.contactByPhone('12015550123')?.teams ?? [])];

test('a VIP whom WATI knows keeps the teams, gets the VIP team, and the conversation its tag', async () => {
	const contact = world.wati.account.addContact({ phone: '12015550123', name: 'Ada L.' });
	contact.teams.push('Support');
	const conversation = world.wati.account.addConversation(contact);
	const run = await world.tell(workflow, ada);
	expect(run.status).toBe('success');
	expect(teams()).toEqual(['Support', 'VIP']);
	expect([...conversation.tags]).toEqual(['vip']);
	expect(contact.name).toBe('Ada L.');
	expect(given(run, 'Needs a Look')).toEqual([]);
});

test('a VIP whom WATI does not know becomes a contact; there is no conversation to tag yet, which is said', async () => {
	const run = await world.tell(workflow, ada);
	expect(run.status).toBe('success');
	expect(teams()).toEqual(['VIP']);
	expect(world.wati.account.contactByPhone('12015550123')?.name).toBe('Ada Lovelace');
	expect(given(run, 'Needs a Look')).toMatchObject([{ name: 'Ada Lovelace', phone: '+12015550123' }]);
});

test('a customer who is no VIP is left alone, and who is in the team is not assigned again', async () => {
	await world.tell(workflow, { ...ada, loyalty: 'no' });
	expect(world.wati.log).toEqual([]);
	await world.tell(workflow, ada);
	await world.tell(workflow, ada);
	expect(world.wati.requests('PUT', /teams$/i).length + world.wati.requests('POST', /teams$/i).length).toBe(1);
});
