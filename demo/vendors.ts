import { salesforceFixture, watiFixture, wawpFixture, zohoFixture } from '../test/support/crms';
import { WELCOME } from './newLead';

export type Vendors = ReturnType<typeof allVendors>;

const allVendors = () => ({
	wati: watiFixture(),
	salesforce: salesforceFixture(),
	zoho: zohoFixture(),
	wawp: wawpFixture(),
});

/** The simulated vendors on free loopback ports, with a small business in them. */
export async function startVendors(): Promise<Vendors> {
	const vendors = allVendors();
	await Promise.all(Object.values(vendors).map(async (vendor) => await vendor.start()));
	const { account } = vendors.wati.simulator;
	account.addTemplate({
		name: WELCOME,
		body: 'Hello {{name}}, thank you for your interest!',
		parameters: [{ name: 'name', value: 'Anna' }],
		status: 'APPROVED',
	});
	account.addContact({ phone: '34612345678', name: 'Luis Romero', attributes: { city: 'Barcelona' } });
	return vendors;
}

export async function stopVendors(vendors: Vendors): Promise<void> {
	await Promise.all(Object.values(vendors).map(async (vendor) => await vendor.stop()));
}
