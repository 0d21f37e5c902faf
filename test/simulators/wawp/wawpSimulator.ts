import { Clock } from '../kit/clock';
import { Simulator } from '../kit/simulator';
import { AddressBook, type WawpContact } from './contacts';
import { WawpFailure } from './errors';
import { registerReads, registerSession } from './readRoutes';
import { defaultSettings, type WawpSettings } from './settings';
import type { World } from './world';
import { registerWrite } from './writeRoute';

/**
 * Wawp v2 with one instance and its address book. Written from the project's notes on Wawp (part C);
 * disputed behaviour is a switch in {@link WawpSettings}.
 */
export class WawpSimulator implements World {
	readonly api = new Simulator('Wawp');
	readonly settings: WawpSettings = defaultSettings();
	readonly clock = new Clock();
	readonly contacts = new AddressBook(this.clock, this.settings);
	readonly instanceId = 'A1B2C3D4E5F6';
	readonly accessToken = 'wawp-simulated-token';

	constructor() {
		registerWrite(this);
		registerReads(this);
		registerSession(this);
		this.registerErrors();
	}

	/** Base address, as in `https://api.wawp.net`; the simulator must have been started. */
	get origin(): string {
		return this.api.origin;
	}

	async start(port?: number): Promise<this> {
		await this.api.start(port);
		return this;
	}

	async stop(): Promise<void> {
		await this.api.stop();
	}

	/** Back to the beginning: empty address book, working session, default settings, no traffic. */
	reset(): void {
		this.contacts.clear();
		this.api.resetTraffic();
		this.clock.reset();
		Object.assign(this.settings, defaultSettings());
	}

	/** Saves a contact, visible at once. `id` is a chat id such as `14155552671@c.us`. */
	addContact(contact: Partial<WawpContact> & { id: string }): void {
		this.contacts.seed({ firstName: '', lastName: '', pushname: '', ...contact });
	}

	/** `count` contacts `First1 Last1` and on, at `14155550001@c.us` and on; returns their chat ids. */
	seedContacts(count: number): string[] {
		return Array.from({ length: count }, (_, index) => {
			const number = index + 1;
			const id = `1415555${String(number).padStart(4, '0')}@c.us`;
			this.addContact({ id, firstName: `First${number}`, lastName: `Last${number}`, pushname: `push${number}` });
			return id;
		});
	}

	private registerErrors(): void {
		const { app } = this.api;
		app.setErrorHandler(async (error, _request, reply) => {
			if (error instanceof WawpFailure) {
				const under200 = this.settings.refusalStatus === 200 && error.status !== 401;
				return await reply.code(under200 ? 200 : error.status).send(error.body);
			}
			const message = error instanceof Error ? error.message : String(error);
			const isClients = error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
			return await reply
				.code(isClients ? 400 : 500)
				.send({ code: isClients ? 'invalid_param' : 'server_error', message });
		});
		app.setNotFoundHandler(
			async (_request, reply) => await reply.code(404).send({ code: 'no_route', message: 'No such URL' }),
		);
	}
}
