import { field } from '../../simulators/salesforce/fields';
import { ReadyWorkflows } from './world';

jest.setTimeout(180_000);

/** n8n asks Salesforce once a minute. */
const nextPoll = 80_000;

let world: ReadyWorkflows;
beforeAll(async () => {
	world = await ReadyWorkflows.start();
	world.wati.account.addTemplate({ name: 'welcome_lead' });
	for (const team of ['Sales', 'VIP']) world.wati.account.teams.add(team);
	world.salesforce.fields.add(field('VIP__c', 'VIP', 'boolean'));
});
afterAll(async () => world?.stop());

test('as shipped, new leads and contacts that became VIPs start their workflows', async () => {
	const { salesforce, wati } = world;
	const long = new Date(Date.now() - 86_400_000).toISOString().slice(0, 19) + '.000+0000';
	const vip = salesforce.addContact({
		LastName: 'Hopper',
		FirstName: 'Grace',
		MobilePhone: '+12015550127',
		VIP__c: false,
		CreatedDate: long,
		LastModifiedDate: long,
	});
	await world.import('welcome-lead');
	await world.import('vip-to-team');
	await world.until('the first look at Salesforce', () => salesforce.requests('GET', /query$/).length >= 2);

	salesforce.addLead({ FirstName: 'Alan', LastName: 'Turing', Company: 'NPL', MobilePhone: '+12015550125' });
	salesforce.addLead({ LastName: 'Curie', Company: 'Sorbonne', Phone: '+12015550126' });
	const stored = salesforce.contacts.get(vip);
	const now = `${new Date().toISOString().slice(0, 19)}.000+0000`;
	salesforce.contacts.set(vip, { ...stored, VIP__c: true, LastModifiedDate: now });

	await world.until('the leads to be greeted', () => world.templatesSent().length === 2, nextPoll);
	expect(world.templatesSent()).toEqual([
		{ template: 'welcome_lead', phone: '12015550125', values: { name: 'Alan' } },
		{ template: 'welcome_lead', phone: '12015550126', values: { name: 'Curie' } },
	]);
	await world.until(
		'the VIP to be in the team',
		() => (wati.account.contactByPhone('12015550127')?.teams.length ?? 0) > 0,
		nextPoll,
	);
	expect([...(wati.account.contactByPhone('12015550127')?.teams ?? [])]).toEqual(['VIP']);
});
