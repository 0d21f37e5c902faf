import { randomBytes } from 'node:crypto';

import type { Clock } from '../../kit/clock';
import type { ZohoSettings } from '../settings';

export interface OAuthClient {
	id: string;
	secret: string;
	/** Redirect URIs that are registered; empty: any. */
	redirectUris: string[];
}

export interface Code {
	code: string;
	clientId: string;
	redirectUri: string;
	scopes: string[];
	/** Whether the exchange also gives a refresh token. */
	withRefreshToken: boolean;
	issuedAt: number;
	/** The only accounts server that takes this code. */
	accountsServer: string;
}

export interface RefreshToken {
	token: string;
	clientId: string;
	scopes: string[];
	/** When access tokens were made with it. */
	used: number[];
}

export interface AccessToken {
	token: string;
	scopes: string[];
	expiresAt: number;
	refreshToken?: string;
}

/** Zoho's limits on tokens (B2). */
const windowMs = 10 * 60_000;
const perWindow = 10;
const liveAccessTokens = 15;
const liveRefreshTokens = 20;

const secret = (): string => `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;

/** Who may do what: registered clients, codes, refresh and access tokens. */
export class Grants {
	readonly clients = new Map<string, OAuthClient>();
	private codes = new Map<string, Code>();
	private refreshTokens = new Map<string, RefreshToken>();
	private accessTokens = new Map<string, AccessToken>();
	private consented = new Set<string>();
	private codesIssued = new Map<string, number[]>();

	constructor(
		private readonly clock: Clock,
		private readonly settings: ZohoSettings,
	) {}

	clear(): void {
		for (const part of [this.codes, this.refreshTokens, this.accessTokens, this.consented, this.codesIssued])
			part.clear();
	}

	/** Whether this client was already given these scopes; the answer is remembered. */
	consentAgain(clientId: string, scopes: readonly string[]): boolean {
		const key = `${clientId} ${[...scopes].sort().join()}`;
		const again = this.consented.has(key);
		this.consented.add(key);
		return again;
	}

	/** `throttled` after 10 codes in 10 minutes for one client. */
	issueCode(details: Omit<Code, 'code' | 'issuedAt'>): Code | 'throttled' {
		const issued = this.codesIssued.get(details.clientId) ?? [];
		if (this.isThrottled(issued)) return 'throttled';
		this.codesIssued.set(details.clientId, [...issued, this.clock.now()]);
		const code = { ...details, code: secret(), issuedAt: this.clock.now() };
		this.codes.set(code.code, code);
		return code;
	}

	/** The code if it is good, and never again. */
	takeCode(code: string): Code | undefined {
		const found = this.codes.get(code);
		this.codes.delete(code);
		return found && this.clock.now() - found.issuedAt <= this.settings.codeLifeMs ? found : undefined;
	}

	/** The 21st refresh token of a client ends the first and its access tokens. */
	issueRefreshToken(clientId: string, scopes: string[]): RefreshToken {
		const token = { token: secret(), clientId, scopes, used: [] };
		this.refreshTokens.set(token.token, token);
		const live = [...this.refreshTokens.values()].filter((each) => each.clientId === clientId);
		for (const old of live.slice(0, -liveRefreshTokens)) this.revoke(old.token);
		return token;
	}

	refreshToken(token: string): RefreshToken | undefined {
		return this.refreshTokens.get(token);
	}

	/** The 16th live access token of a refresh token ends the oldest; `throttled` after 10 in 10 minutes. */
	issueAccessToken(scopes: string[], from?: RefreshToken): AccessToken | 'throttled' {
		if (from && this.isThrottled(from.used)) return 'throttled';
		from?.used.push(this.clock.now());
		const expiresAt = this.clock.now() + this.settings.accessTokenLifeSeconds * 1000;
		const token = { token: secret(), scopes, expiresAt, refreshToken: from?.token };
		this.accessTokens.set(token.token, token);
		if (from) {
			const live = [...this.accessTokens.values()].filter((each) => each.refreshToken === from.token);
			for (const old of live.slice(0, -liveAccessTokens)) this.accessTokens.delete(old.token);
		}
		return token;
	}

	/** The access token if it is alive. */
	accessToken(token: string): AccessToken | undefined {
		const found = this.accessTokens.get(token);
		return found && found.expiresAt > this.clock.now() ? found : undefined;
	}

	expireAccessTokens(): void {
		this.accessTokens.clear();
	}

	/** Ends one refresh token, or all, with their access tokens. */
	revoke(token?: string): void {
		for (const each of token === undefined ? [...this.refreshTokens.keys()] : [token]) {
			this.refreshTokens.delete(each);
			for (const access of [...this.accessTokens.values()]) {
				if (access.refreshToken === each) this.accessTokens.delete(access.token);
			}
		}
	}

	private isThrottled(times: readonly number[]): boolean {
		const since = this.clock.now() - windowMs;
		return this.settings.throttle && times.filter((at) => at > since).length >= perWindow;
	}
}
