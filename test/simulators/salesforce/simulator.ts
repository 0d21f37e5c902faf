import { createServer, type Server } from 'node:http';

import type { FastifyRequest } from 'fastify';

import { Simulator } from '../kit/simulator';
import { refuse, type SalesforceError } from './errors';
import type { FieldTable, StoredRecord } from './fields';
import { normalizeId } from './ids';
import { OAuthServer, type OAuthClient, type OAuthSettings, type Session } from './oauth';
import { registerOAuth } from './oauthRoutes';
import { Org, timestamp, type Activity, type OrgSettings, type OrgUser, type RowFault } from './org';
import { registerRest } from './restRoutes';

/** The connected app that is there when no other is asked for. */
export const SALESFORCE_CLIENT = {
	id: '3MVG9simulatedClient',
	secret: 'simulated-client-secret',
	scopes: ['full', 'api', 'refresh_token', 'offline_access', 'openid', 'id'],
} satisfies OAuthClient;

/** The user that is there when no other is asked for; consent and client credentials speak for the first one. */
export const SALESFORCE_USER = {
	username: 'integration@org.example',
	password: 'simulated-password',
	name: 'Integration User',
	email: 'integration@org.example',
} satisfies Omit<OrgUser, 'id'>;

export interface SalesforceSimulatorOptions {
	org?: Partial<OrgSettings>;
	oauth?: Partial<OAuthSettings>;
	users?: Array<Omit<OrgUser, 'id'>>;
	/**
	 * `same` (default): login and org at one address. `separate`: the org has its own port, and the login host
	 * knows no data. `{ url }`: what `instance_url` is to say, for a simulator behind another name.
	 */
	instance?: 'same' | 'separate' | { url: string };
}

/** What Node lets through, so that the vendor's own limit of 16,384 bytes can be the one that answers. */
const LARGEST_HEAD = 256 * 1024;

const DEFAULT_OAUTH: OAuthSettings = {
	clients: [SALESFORCE_CLIENT],
	autoApprove: true,
	rotateRefreshTokens: false,
	accessTokenLifeMs: 2 * 60 * 60 * 1000,
	clientCredentialsNeedMyDomain: false,
};

/**
 * Salesforce on loopback: OAuth, REST, SOQL, collections, composite, describe, duplicate rules.
 * Written from apis/salesforce-zoho-wawp.md part A. Start it, point a connection at `origin`, look at `contacts`.
 */
export class SalesforceSimulator extends Simulator {
	private currentOrg: Org;
	private currentOAuth: OAuthServer;
	private instanceServer?: Server;
	private instanceOrigin?: string;

	constructor(private readonly options: SalesforceSimulatorOptions = {}) {
		super('Salesforce');
		[this.currentOrg, this.currentOAuth] = this.fresh();
		// Fastify's own option for it would have to be given in the kit, which makes the server.
		Object.assign(this.app.server, { maxHeaderSize: LARGEST_HEAD });
		const isLoginOnly = (request: FastifyRequest): boolean => this.isLoginOnly(request);
		registerOAuth(this.app, () => ({
			org: this.currentOrg,
			oauth: this.currentOAuth,
			instanceUrl: this.instanceUrl,
			loginUrl: this.origin,
			isLoginOnly,
		}));
		registerRest(this.app, () => ({ org: this.currentOrg, oauth: this.currentOAuth, isLoginOnly }));
	}

	/** Metadata, records, rules; `org.settings` may be changed while it runs. */
	get org(): Org {
		return this.currentOrg;
	}

	/** Tokens; `oauth.settings` may be changed while it runs. */
	get oauth(): OAuthServer {
		return this.currentOAuth;
	}

	/** Live contacts by id of 18 characters; deleted ones are in `recycleBin`. */
	get contacts(): Map<string, StoredRecord> {
		return this.currentOrg.contact.records;
	}

	get recycleBin(): Map<string, StoredRecord> {
		return this.currentOrg.contact.deleted;
	}

	/** Fields of Contact: `fields.change('Origin__c', { length: 20 })`, `fields.remove(…)`, `fields.add(…)`. */
	get fields(): FieldTable {
		return this.currentOrg.contact.fields;
	}

	/** How many contacts were created, updated and deleted over the API, and how many queries it ran. */
	get activity(): Activity {
		return this.currentOrg.activity;
	}

	/** What the token answer says under `instance_url`. */
	get instanceUrl(): string {
		const { instance = 'same' } = this.options;
		if (instance === 'same') return this.origin;
		return instance === 'separate' ? (this.instanceOrigin ?? this.origin) : instance.url;
	}

	override async start(port = 0): Promise<this> {
		await super.start(port);
		if (this.options.instance === 'separate') await this.startInstance();
		return this;
	}

	override async stop(): Promise<void> {
		this.instanceServer?.closeAllConnections();
		await new Promise<void>((resolve) =>
			this.instanceServer ? this.instanceServer.close(() => resolve()) : resolve(),
		);
		this.instanceServer = undefined;
		await super.stop();
	}

	/** As it was when it was made: no contacts, no tokens, no faults, no log. `org` and `oauth` are new objects after it. */
	reset(): void {
		this.resetTraffic();
		[this.currentOrg, this.currentOAuth] = this.fresh();
	}

	/** A good access token of the given user, or of the first one. */
	openSession(userId = this.currentOrg.users[0]?.id ?? '', scopes?: string[]): Session {
		return this.currentOAuth.open(userId, this.origin, scopes);
	}

	/** From now on every access token given out so far is answered with 401. */
	expireAccessTokens(): void {
		this.currentOAuth.expireAccessTokens();
	}

	/** From now on every refresh is answered with `invalid_grant`. */
	revokeRefreshTokens(): void {
		this.currentOAuth.revokeRefreshTokens();
	}

	/** Puts a contact there without asking any rule; made by the first user unless the values say otherwise. Returns its id. */
	addContact(values: StoredRecord): string {
		const org = this.currentOrg;
		return org.put('Contact', { ...org.systemValues(org.users[0]?.id ?? ''), ...values });
	}

	/** `n` contacts: `person-0@contacts.example`, … unless `make` says otherwise. Returns their ids. */
	seedContacts(n: number, make: (i: number) => StoredRecord = () => ({})): string[] {
		return Array.from({ length: n }, (_, i) =>
			this.addContact({
				FirstName: 'Person',
				LastName: `Number ${i}`,
				Email: `person-${i}@contacts.example`,
				...make(i),
			}),
		);
	}

	/** A person account and its contact, which can't be written directly (A8). Returns the contact's id. */
	addPersonContact(values: StoredRecord): string {
		const AccountId = this.currentOrg.put('Account', { Name: String(values.LastName ?? ''), IsPersonAccount: true });
		const id = this.addContact({ ...values, AccountId, IsPersonAccount: true });
		Object.assign(this.currentOrg.record('Account', AccountId) ?? {}, { PersonContactId: id });
		return id;
	}

	addLead(values: StoredRecord): string {
		const now = timestamp(this.currentOrg.settings.now());
		return this.currentOrg.put('Lead', { CreatedDate: now, LastModifiedDate: now, ...values });
	}

	addUser(user: Omit<OrgUser, 'id'>): OrgUser {
		const { name: Name, username: Username, email: Email } = user;
		const added = { ...user, id: this.currentOrg.put('User', { Name, Username, Email, IsActive: true }) };
		this.currentOrg.users.push(added);
		return added;
	}

	/** Live contacts with that address, whatever its case. */
	contactsByEmail(email: string): StoredRecord[] {
		return [...this.contacts.values()].filter((one) => String(one.Email ?? '').toLowerCase() === email.toLowerCase());
	}

	/** The next writes of that contact are refused with UNABLE_TO_LOCK_ROW, `times` times. */
	lockContact(id: string, times = 1): void {
		const wanted = normalizeId(id) ?? id;
		this.currentOrg.rowFaults.push({ when: (row) => row.id === wanted, error: refuse.lockedRow(wanted), times });
	}

	/** The next `times` rows that `when` picks are refused; rows to be created have no id. */
	failRows(when: RowFault['when'], error: SalesforceError, times = 1): void {
		this.currentOrg.rowFaults.push({ when, error, times });
	}

	private fresh(): [Org, OAuthServer] {
		const { users = [SALESFORCE_USER], org: orgSettings = {}, oauth = {} } = this.options;
		const org = new Org(orgSettings, users);
		return [org, new OAuthServer(org, { ...DEFAULT_OAUTH, ...oauth })];
	}

	private async startInstance(): Promise<void> {
		const server = createServer({ maxHeaderSize: LARGEST_HEAD }, (request, response) =>
			this.app.routing(request, response),
		);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		if (address === null || typeof address === 'string') throw new Error('The instance server has no port');
		this.instanceServer = server;
		this.instanceOrigin = `http://127.0.0.1:${address.port}`;
	}

	private isLoginOnly(request: FastifyRequest): boolean {
		return this.options.instance === 'separate' && request.raw.socket.localPort === Number(new URL(this.origin).port);
	}
}
