import { createHash, randomBytes } from 'node:crypto';

import type { Org, OrgUser } from './org';

/** A connected app of the org. */
export interface OAuthClient {
	id: string;
	/** Left out: a public client, which must use PKCE. */
	secret?: string;
	/** Any address when left out. */
	redirectUris?: string[];
	/** What it may ask for, and gets when it asks for nothing. */
	scopes: string[];
	requirePkce?: boolean;
}

/** An access token that was given out. */
export interface Session {
	token: string;
	refreshToken?: string;
	clientId: string;
	userId: string;
	scopes: string[];
	identityUrl: string;
	/** Milliseconds since the epoch; the answer never tells. */
	expiresAt: number;
}

export interface OAuthSettings {
	clients: OAuthClient[];
	/** The consent page answers for the first user by itself. */
	autoApprove: boolean;
	/** Every refresh gives a new refresh token and kills the old one (A2). */
	rotateRefreshTokens: boolean;
	/** How long access tokens work. */
	accessTokenLifeMs: number;
	/** Client credentials at the login host are refused; expected of the real API, not proven (A2). */
	clientCredentialsNeedMyDomain: boolean;
}

/** A refusal of the token endpoint: 400 unless said otherwise. */
export class OAuthError extends Error {
	constructor(
		readonly error: string,
		readonly description: string,
		readonly status = 400,
	) {
		super(description);
	}
}

interface Code {
	client: OAuthClient;
	redirectUri: string;
	challenge?: string;
	scopes: string[];
	userId: string;
}

/** What the token endpoint was asked for: the form, and who asks by which host. */
export interface TokenRequest {
	form: Record<string, string>;
	authorization?: string;
	/** Scheme and host of the org's own server, for `instance_url`. */
	instanceUrl: string;
	loginUrl: string;
	atLoginHost: boolean;
}

export type TokenAnswer = Record<string, string>;

const REFRESH_SCOPES = ['refresh_token', 'offline_access'];

/** Codes, access tokens and refresh tokens of the org. Facts: A2. */
export class OAuthServer {
	readonly sessions = new Map<string, Session>();
	readonly refreshTokens = new Map<string, Omit<Session, 'token' | 'expiresAt'>>();
	private readonly codes = new Map<string, Code>();
	private readonly grants: Readonly<Record<string, (request: TokenRequest) => TokenAnswer>> = {
		authorization_code: (request) => this.exchangeCode(request),
		refresh_token: (request) => this.refresh(request),
		client_credentials: (request) => this.clientCredentials(request),
	};

	constructor(
		private readonly org: Org,
		public settings: OAuthSettings,
	) {}

	/** Answers the token endpoint. Throws {@link OAuthError}. */
	token(request: TokenRequest): TokenAnswer {
		const grant = this.grants[request.form.grant_type ?? ''];
		if (!grant) throw new OAuthError('unsupported_grant_type', 'grant type not supported');
		return grant(request);
	}

	/** The client and address of an authorization request; {@link OAuthError} when the browser must not be sent back. */
	checkAuthorize(query: Record<string, string>): { client: OAuthClient; redirectUri: string } {
		const client = this.client(query.client_id);
		const redirectUri = query.redirect_uri ?? '';
		if (!URL.canParse(redirectUri) || (client.redirectUris && !client.redirectUris.includes(redirectUri)))
			throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
		return { client, redirectUri };
	}

	/** A one-time code for the user, after consent. Throws {@link OAuthError}, to be told at the redirect address. */
	issueCode(query: Record<string, string>, user: OrgUser): string {
		const { client, redirectUri } = this.checkAuthorize(query);
		if (query.response_type !== 'code')
			throw new OAuthError('unsupported_response_type', 'response type not supported');
		if (query.code_challenge_method && query.code_challenge_method !== 'S256')
			throw new OAuthError('invalid_request', 'code challenge method not supported');
		if ((client.requirePkce || !client.secret) && !query.code_challenge)
			throw new OAuthError('invalid_request', 'missing required code challenge');
		const code = `aPrx${randomBytes(24).toString('base64url')}==`;
		const challenge = query.code_challenge;
		this.codes.set(code, { client, redirectUri, challenge, scopes: granted(client, query.scope), userId: user.id });
		return code;
	}

	/** The session of a bearer token, if it is still good. */
	session(token: string): Session | undefined {
		const session = this.sessions.get(token);
		return session && session.expiresAt > Date.now() ? session : undefined;
	}

	/** A token without any flow, for tests that don't concern OAuth. */
	open(userId: string, loginUrl: string, scopes: string[] = ['full', 'refresh_token']): Session {
		return this.start({
			clientId: this.settings.clients[0]?.id ?? '',
			userId,
			scopes,
			identityUrl: this.identityUrl(loginUrl, userId),
		});
	}

	expireAccessTokens(): void {
		for (const session of this.sessions.values()) session.expiresAt = 0;
	}

	revokeRefreshTokens(): void {
		this.refreshTokens.clear();
	}

	/** Ends a token: a refresh token takes the access tokens that came from it along. */
	revoke(token: string): void {
		if (!this.sessions.has(token) && !this.refreshTokens.has(token))
			throw new OAuthError('unsupported_token_type', 'this token type is not supported');
		this.sessions.delete(token);
		this.refreshTokens.delete(token);
		for (const session of this.sessions.values())
			if (session.refreshToken === token) this.sessions.delete(session.token);
	}

	private exchangeCode(request: TokenRequest): TokenAnswer {
		const client = this.authenticate(request);
		const code = this.codes.get(request.form.code ?? '');
		this.codes.delete(request.form.code ?? '');
		if (!code || code.client.id !== client.id) throw new OAuthError('invalid_grant', 'expired authorization code');
		if (code.redirectUri !== request.form.redirect_uri)
			throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
		checkVerifier(code.challenge, request.form.code_verifier);
		const refreshToken = mayRefresh(code.scopes) ? newRefreshToken() : undefined;
		return this.give(request, client, code.userId, code.scopes, refreshToken);
	}

	private refresh(request: TokenRequest): TokenAnswer {
		const client = this.authenticate(request);
		const old = request.form.refresh_token ?? '';
		const origin = this.refreshTokens.get(old);
		if (!origin || origin.clientId !== client.id) throw new OAuthError('invalid_grant', 'expired access/refresh token');
		if (!this.settings.rotateRefreshTokens) {
			const { refresh_token: _same, ...rest } = this.give(request, client, origin.userId, origin.scopes, old);
			return rest;
		}
		this.refreshTokens.delete(old);
		return this.give(request, client, origin.userId, origin.scopes, newRefreshToken());
	}

	private clientCredentials(request: TokenRequest): TokenAnswer {
		const client = this.authenticate(request);
		if (!client.secret) throw new OAuthError('invalid_client', 'client secret required');
		if (this.settings.clientCredentialsNeedMyDomain && request.atLoginHost)
			throw new OAuthError('invalid_grant', 'request not supported on this domain');
		const scopes = client.scopes.filter((scope) => scope !== 'refresh_token' && scope !== 'offline_access');
		const answer = this.give(request, client, this.org.users[0]?.id ?? '', scopes);
		return { ...answer, api_instance_url: request.instanceUrl };
	}

	private give(
		request: TokenRequest,
		client: OAuthClient,
		userId: string,
		scopes: string[],
		refreshToken?: string,
	): TokenAnswer {
		const identityUrl = this.identityUrl(request.loginUrl, userId);
		const origin = { clientId: client.id, userId, scopes, identityUrl, refreshToken };
		if (refreshToken) this.refreshTokens.set(refreshToken, origin);
		const session = this.start(origin);
		return {
			access_token: session.token,
			...(refreshToken ? { refresh_token: refreshToken } : {}),
			signature: randomBytes(32).toString('base64'),
			scope: scopes.join(' '),
			instance_url: request.instanceUrl,
			id: identityUrl,
			token_type: 'Bearer',
			issued_at: String(Date.now()),
		};
	}

	private start(origin: Omit<Session, 'token' | 'expiresAt'>): Session {
		const token = `${this.org.organizationId.slice(0, 15)}!AQ${randomBytes(32).toString('base64url')}`;
		const session = { ...origin, token, expiresAt: Date.now() + this.settings.accessTokenLifeMs };
		this.sessions.set(token, session);
		return session;
	}

	private identityUrl(loginUrl: string, userId: string): string {
		return `${loginUrl}/id/${this.org.organizationId}/${userId}`;
	}

	/** By Basic header or by the body; a public client names itself only. */
	private authenticate({ form, authorization }: TokenRequest): OAuthClient {
		const [id, secret] = basic(authorization) ?? [form.client_id, form.client_secret];
		const client = this.client(id);
		if (client.secret && client.secret !== secret) throw new OAuthError('invalid_client', 'invalid client credentials');
		return client;
	}

	private client(id: string | undefined): OAuthClient {
		const client = this.settings.clients.find((one) => one.id === id);
		if (!client) throw new OAuthError('invalid_client_id', 'client identifier invalid');
		return client;
	}
}

function checkVerifier(challenge: string | undefined, verifier: string | undefined): void {
	if (!challenge) return;
	if (!verifier) throw new OAuthError('invalid_request', 'code verifier is missing');
	if (createHash('sha256').update(verifier).digest('base64url') !== challenge)
		throw new OAuthError('invalid_grant', 'invalid code verifier');
}

/** User and password of a Basic header, percent-decoded as OAuth wants it. */
function basic(header: string | undefined): [string, string] | undefined {
	const encoded = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1];
	if (!encoded) return undefined;
	const text = Buffer.from(encoded, 'base64').toString();
	const colon = text.indexOf(':');
	if (colon < 0) return undefined;
	return [decoded(text.slice(0, colon)), decoded(text.slice(colon + 1))];
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function granted(client: OAuthClient, asked: string | undefined): string[] {
	const wanted = (asked ?? '').split(/\s+/).filter(Boolean);
	if (wanted.length === 0) return client.scopes;
	const refused = wanted.find((scope) => !client.scopes.includes(scope));
	if (refused) throw new OAuthError('invalid_scope', `the requested scope is not allowed: ${refused}`);
	return wanted;
}

const mayRefresh = (scopes: string[]): boolean => scopes.some((scope) => REFRESH_SCOPES.includes(scope));

const newRefreshToken = (): string => `5Aep${randomBytes(40).toString('base64url')}`;
