import { Clock } from '../kit/clock';
import { Simulator } from '../kit/simulator';
import { registerAuthorize } from './accounts/authorize';
import { Grants, type OAuthClient } from './accounts/grants';
import { registerToken } from './accounts/token';
import { limitConcurrency } from './api/access';
import { registerErrors } from './api/errors';
import { registerMetadata } from './api/metadata';
import { registerQuery } from './api/query';
import { registerRecords } from './api/records';
import { registerSearch } from './api/search';
import { Contacts, type SeedOptions } from './contacts/contacts';
import { allScopes } from './scopes';
import { defaultSettings, type ZohoSettings } from './settings';
import { users } from './users';
import type { World } from './world';

/** The client that is registered from the start; it may redirect anywhere. */
export const defaultClient: OAuthClient = { id: '1000.SIMULATED', secret: 'zoho-secret', redirectUris: [] };

/** Tokens as a finished sign-in leaves them. */
export interface SignedIn {
	access_token: string;
	refresh_token: string;
	api_domain: string;
	token_type: 'Bearer';
	expires_in: number;
}

/**
 * Zoho CRM v8 with its accounts server, on two loopback ports. Written from the project's notes on Zoho (part B) and Zoho's
 * public OpenAPI samples; disputed behaviour is a switch in {@link ZohoSettings}.
 */
export class ZohoSimulator implements World {
	readonly accounts = new Simulator('Zoho accounts');
	readonly api = new Simulator('Zoho CRM');
	readonly settings: ZohoSettings = defaultSettings();
	readonly clock = new Clock();
	readonly grants = new Grants(this.clock, this.settings);
	readonly contacts = new Contacts(this.clock, this.settings);
	readonly users = users;

	constructor() {
		this.registerClient(defaultClient);
		registerAuthorize(this);
		registerToken(this);
		limitConcurrency(this);
		registerErrors(this);
		registerMetadata(this);
		registerQuery(this);
		registerSearch(this);
		registerRecords(this);
	}

	/** Starts both servers, on free ports unless told otherwise. */
	async start(ports: { accounts?: number; api?: number } = {}): Promise<this> {
		await Promise.all([this.accounts.start(ports.accounts), this.api.start(ports.api)]);
		return this;
	}

	async stop(): Promise<void> {
		await Promise.all([this.accounts.stop(), this.api.stop()]);
	}

	/** Back to the beginning: no contacts, no tokens, default settings, no traffic. Registered clients stay. */
	reset(): void {
		this.resetContacts();
		this.grants.clear();
		this.clock.reset();
		Object.assign(this.settings, defaultSettings());
	}

	/** Forgets contacts, faults and the request logs; tokens and settings stay, so that a connection made in n8n keeps working. */
	resetContacts(): void {
		this.contacts.clear();
		this.accounts.resetTraffic();
		this.api.resetTraffic();
	}

	registerClient(client: OAuthClient): void {
		this.grants.clients.set(client.id, client);
	}

	/** Signs in without the round through the browser. */
	grant(scopes: string = allScopes): SignedIn {
		const refresh = this.grants.issueRefreshToken(defaultClient.id, scopes.split(','));
		const access = this.grants.issueAccessToken(refresh.scopes);
		if (access === 'throttled') throw new Error('throttled');
		return {
			access_token: access.token,
			refresh_token: refresh.token,
			api_domain: this.api.origin,
			token_type: 'Bearer',
			expires_in: this.settings.accessTokenLifeSeconds,
		};
	}

	/** Ends all access tokens; refresh tokens stay good. */
	expireAccessTokens(): void {
		this.grants.expireAccessTokens();
	}

	/** Ends all refresh tokens and what was made with them, as when the user takes the permission back. */
	revokeRefreshTokens(): void {
		this.grants.revoke();
		this.grants.expireAccessTokens();
	}

	/** Puts a contact there without any check, visible to search at once; returns its id. Several may share an e-mail. */
	addContact(values: Record<string, unknown>, options: SeedOptions = {}): string {
		return this.contacts.seed(values, options);
	}

	/** `count` contacts `contact1@example.com` and on, or what `values` makes of the number; returns their ids. */
	seedContacts(
		count: number,
		values: (number: number) => Record<string, unknown> = exampleContact,
		options: SeedOptions = {},
	): string[] {
		return Array.from({ length: count }, (_, index) => this.addContact(values(index + 1), options));
	}
}

const exampleContact = (number: number) => ({
	First_Name: `First${number}`,
	Last_Name: `Last${number}`,
	Email: `contact${number}@example.com`,
	Phone: `+1415555${String(number).padStart(4, '0')}`,
});
