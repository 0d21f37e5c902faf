import { createHash } from 'node:crypto';

import axios from 'axios';

import { SALESFORCE_CLIENT, SALESFORCE_USER, SalesforceSimulator } from './index';
import { TestClient } from './testClient';

const simulator = new SalesforceSimulator();

beforeAll(async () => await simulator.start());
afterAll(async () => await simulator.stop());
beforeEach(() => simulator.reset());

const redirect_uri = 'https://n8n.example/rest/oauth2-credential/callback';
const verifier = 'v'.repeat(64);
const challenge = createHash('sha256').update(verifier).digest('base64url');
const asked = {
	response_type: 'code',
	client_id: SALESFORCE_CLIENT.id,
	redirect_uri,
	state: 's=1',
	scope: 'full refresh_token',
};
const client = { client_id: SALESFORCE_CLIENT.id, client_secret: SALESFORCE_CLIENT.secret };

const noRedirect = { maxRedirects: 0, validateStatus: () => true };

async function authorize(query: Record<string, string>) {
	const { status, headers, data } = await axios.get<string>(`${simulator.origin}/services/oauth2/authorize`, {
		params: query,
		...noRedirect,
	});
	return { status, data, back: headers.location ? new URL(String(headers.location)) : undefined };
}

async function code(query: Record<string, string> = asked) {
	return (await authorize(query)).back?.searchParams.get('code') ?? '';
}

async function token(form: Record<string, string>, headers: Record<string, string> = {}) {
	const url = `${simulator.origin}/services/oauth2/token`;
	return await axios.post<Record<string, string>>(url, new URLSearchParams(form), { headers, ...noRedirect });
}

const exchange = async (more: Record<string, string>, query: Record<string, string> = asked) =>
	await token({ grant_type: 'authorization_code', code: await code(query), redirect_uri, ...client, ...more });

describe('authorization code', () => {
	it('comes back with the state, and is exchanged for tokens that never say when they expire', async () => {
		const { status, back } = await authorize({ ...asked, code_challenge: challenge, code_challenge_method: 'S256' });
		expect([status, back?.origin, back?.searchParams.get('state')]).toEqual([302, 'https://n8n.example', 's=1']);
		const { data } = await exchange({ code_verifier: verifier }, { ...asked, code_challenge: challenge });
		const userId = simulator.org.users[0]?.id;
		expect(data).toEqual({
			access_token: expect.stringMatching(/^00D\w+!/),
			refresh_token: expect.any(String),
			signature: expect.any(String),
			scope: 'full refresh_token',
			instance_url: simulator.origin,
			id: `${simulator.origin}/id/${simulator.org.organizationId}/${userId}`,
			token_type: 'Bearer',
			issued_at: expect.stringMatching(/^\d{13}$/),
		});
		expect(await new TestClient(simulator, data.access_token).get('/sobjects')).toMatchObject({ status: 200 });
	});

	it('takes the client by Basic header, too', async () => {
		const authorization = `Basic ${Buffer.from(`${SALESFORCE_CLIENT.id}:${SALESFORCE_CLIENT.secret}`).toString('base64')}`;
		const form = { grant_type: 'authorization_code', code: await code(), redirect_uri };
		expect((await token(form, { authorization })).status).toBe(200);
	});

	it('gives no refresh token where none was asked for, and no data where the scope has no API', async () => {
		const { data } = await exchange({}, { ...asked, scope: 'openid' });
		expect(data).not.toHaveProperty('refresh_token');
		expect((await new TestClient(simulator, data.access_token).get('/sobjects')).data).toMatchObject([
			{ errorCode: 'INVALID_SESSION_ID', message: 'This session is not valid for use with the REST API' },
		]);
	});

	it.each([
		['a wrong verifier', 'invalid_grant', { code_verifier: 'w'.repeat(64) }],
		['no verifier', 'invalid_request', {}],
		['an unknown code', 'invalid_grant', { code: 'aPrxNothing', code_verifier: verifier }],
		[
			'another redirect address',
			'redirect_uri_mismatch',
			{ redirect_uri: 'https://n8n.example/', code_verifier: verifier },
		],
		['an unknown client', 'invalid_client_id', { client_id: 'x' }],
		['a wrong secret', 'invalid_client', { client_secret: 'x' }],
		['an unknown grant', 'unsupported_grant_type', { grant_type: 'magic' }],
	])('%s is refused with 400 %s', async (_what, error, more) => {
		const { data, status } = await exchange(more, { ...asked, code_challenge: challenge });
		expect([status, data]).toEqual([400, { error, error_description: expect.any(String) }]);
	});

	it('works once', async () => {
		const once = await code();
		const form = { grant_type: 'authorization_code', code: once, redirect_uri, ...client };
		expect((await token(form)).status).toBe(200);
		expect((await token(form)).data).toMatchObject({ error: 'invalid_grant' });
	});

	it('does not read a JSON body', async () => {
		const url = `${simulator.origin}/services/oauth2/token`;
		const { data } = await axios.post(url, { grant_type: 'client_credentials', ...client }, noRedirect);
		expect(data).toMatchObject({ error: 'unsupported_grant_type' });
	});

	it('stays with an error page when the client or its address is wrong', async () => {
		simulator.oauth.settings.clients = [{ ...SALESFORCE_CLIENT, redirectUris: [redirect_uri], requirePkce: true }];
		expect(await authorize({ ...asked, client_id: 'x' })).toMatchObject({ status: 400, back: undefined });
		expect(await authorize({ ...asked, redirect_uri: 'https://evil.example' })).toMatchObject({ status: 400 });
		expect((await authorize(asked)).back?.searchParams.get('error')).toBe('invalid_request');
	});

	it('asks a human when consent is not automatic', async () => {
		simulator.oauth.settings.autoApprove = false;
		const page = await authorize(asked);
		expect(page.data).toContain('<form id="login"');
		const post = async (more: Record<string, string>) =>
			await axios.post<string>(
				`${simulator.origin}/services/oauth2/authorize`,
				new URLSearchParams({ ...asked, ...more }),
				noRedirect,
			);
		expect((await post({ username: SALESFORCE_USER.username, pw: 'wrong' })).data).toContain('check your username');
		expect((await post({ username: SALESFORCE_USER.username, pw: SALESFORCE_USER.password })).headers.location).toMatch(
			/[?&]code=/,
		);
		expect((await post({ decision: 'deny' })).headers.location).toMatch(/error=access_denied/);
	});
});

describe('refreshing', () => {
	const refresh = async (refresh_token = '') => await token({ grant_type: 'refresh_token', refresh_token, ...client });

	it('gives a new access token after the old one has expired', async () => {
		const { data } = await exchange({});
		simulator.expireAccessTokens();
		expect(await new TestClient(simulator, data.access_token).get('/sobjects')).toMatchObject({
			status: 401,
			data: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }],
			headers: { 'sforce-limit-info': expect.any(String) },
		});
		const again = await refresh(data.refresh_token);
		expect(again.data).not.toHaveProperty('refresh_token');
		expect(again.data).toMatchObject({ instance_url: simulator.origin, id: data.id });
		expect((await new TestClient(simulator, again.data.access_token).get('/sobjects')).status).toBe(200);
	});

	it('rotates the refresh token when the app says so', async () => {
		simulator.oauth.settings.rotateRefreshTokens = true;
		const first = (await exchange({})).data.refresh_token;
		const second = (await refresh(first)).data.refresh_token;
		expect(second).not.toBe(first);
		expect(await refresh(first)).toMatchObject({ status: 400, data: { error: 'invalid_grant' } });
		expect((await refresh(second)).status).toBe(200);
	});

	it('ends when the user takes the access back', async () => {
		const { data } = await exchange({});
		simulator.revokeRefreshTokens();
		expect(await refresh(data.refresh_token)).toMatchObject({
			status: 400,
			data: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
		});
	});

	it('and revoke ends the access tokens with it', async () => {
		const { data } = await exchange({});
		const url = `${simulator.origin}/services/oauth2/revoke`;
		expect((await axios.post(url, new URLSearchParams({ token: data.refresh_token ?? '' }))).status).toBe(200);
		expect((await new TestClient(simulator, data.access_token).get('/sobjects')).status).toBe(401);
	});

	it('does not help where the session is refused for another reason', async () => {
		simulator.org.settings.unauthorized = 'always';
		expect((await new TestClient(simulator).get('/sobjects')).status).toBe(401);
	});

	it('lets tokens live as long as it is told', async () => {
		simulator.oauth.settings.accessTokenLifeMs = -1;
		expect((await new TestClient(simulator).get('/sobjects')).status).toBe(401);
	});
});

describe('the rest of OAuth', () => {
	it('gives client credentials a session of the first user, without a refresh token', async () => {
		const { data } = await token({ grant_type: 'client_credentials', ...client });
		expect(data).not.toHaveProperty('refresh_token');
		expect(data).toMatchObject({
			api_instance_url: simulator.origin,
			id: expect.stringContaining(simulator.org.users[0]?.id ?? '?'),
		});
	});

	it('tells who the user is', async () => {
		const { token: access, identityUrl } = simulator.openSession();
		const headers = { authorization: `Bearer ${access}` };
		const { data } = await axios.get(`${simulator.origin}/services/oauth2/userinfo`, { headers });
		expect(data).toMatchObject({ user_id: simulator.org.users[0]?.id, email: SALESFORCE_USER.email });
		expect((await axios.get(identityUrl, { headers })).data).toMatchObject({ username: SALESFORCE_USER.username });
		expect((await axios.get(`${simulator.origin}/services/oauth2/userinfo`, noRedirect)).status).toBe(403);
	});

	it('refuses another scheme than Bearer', async () => {
		const headers = { authorization: 'Basic eDp5' };
		const { data, status } = await axios.get(`${simulator.origin}/services/data/v66.0/sobjects`, {
			headers,
			...noRedirect,
		});
		expect([status, data]).toMatchObject([401, [{ errorCode: 'INVALID_AUTH_HEADER' }]]);
	});
});

describe('an org at its own address', () => {
	const separate = new SalesforceSimulator({ instance: 'separate', oauth: { clientCredentialsNeedMyDomain: true } });
	beforeAll(async () => await separate.start());
	afterAll(async () => await separate.stop());

	it('has its data there and not at the login host', async () => {
		expect(separate.instanceUrl).not.toBe(separate.origin);
		const headers = { authorization: `Bearer ${separate.openSession().token}` };
		const at = async (origin: string) =>
			(await axios.get(`${origin}/services/data/v66.0/sobjects`, { headers, ...noRedirect })).status;
		expect([await at(separate.origin), await at(separate.instanceUrl)]).toEqual([404, 200]);
	});

	it('gives client credentials there only', async () => {
		const at = async (origin: string) =>
			await axios.post<Record<string, string>>(
				`${origin}/services/oauth2/token`,
				new URLSearchParams({ grant_type: 'client_credentials', ...client }),
				noRedirect,
			);
		expect((await at(separate.origin)).data).toMatchObject({ error: 'invalid_grant' });
		expect((await at(separate.instanceUrl)).data).toMatchObject({ instance_url: separate.instanceUrl });
	});
});
