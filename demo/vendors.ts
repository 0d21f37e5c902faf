import { WatiSimulator } from '../test/simulators/wati/watiSimulator';
import { WELCOME } from './newLead';

export interface Vendors {
	wati: WatiSimulator;
	stop(): Promise<void>;
}

/** The simulated vendors on free loopback ports, with a small business in them. */
export async function startVendors(): Promise<Vendors> {
	const wati = new WatiSimulator();
	await wati.start();
	wati.account.addTemplate({
		name: WELCOME,
		body: 'Hello {{name}}, thank you for your interest!',
		parameters: [{ name: 'name', value: 'Anna' }],
	});
	wati.account.addContact({ phone: '34612345678', name: 'Luis Romero', attributes: { city: 'Barcelona' } });
	return { wati, stop: async () => await wati.stop() };
}
