import { defaultClient } from './zohoSimulator';
import { plain, useZoho } from './testing';

const { zoho } = useZoho();
const accounts = () => plain(zoho.accounts.origin);
const redirectUri = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';
const scope = 'ZohoCRM.modules.contacts.ALL,ZohoCRM.settings.fields.READ';
const credentials = { client_id: defaultClient.id, client_secret: defaultClient.secret };

const ask = async (more: Record<string, string | undefined> = {}) =>
	await accounts().get('/oauth/v2/auth', {
		params: {
			client_id: defaultClient.id,
			response_type: 'code',
			redirect_uri: redirectUri,
			scope,
			access_type: 'offline',
			prompt: 'consent',
			state: 'S1',
			...more,
		},
	});

const callback = async (more?: Record<string, string | undefined>) =>
	new URL(String((await ask(more)).headers['location'])).searchParams;

const token = async (fields: Record<string, string>, headers: Record<string, string> = {}) =>
	await accounts().post('/oauth/v2/token', new URLSearchParams(fields).toString(), {
		headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
	});

const exchange = async (code: string, fields: Record<string, string> = credentials) =>
	await token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...fields });

const refresh = async (refreshToken: string) =>
	await token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...credentials });

const currentUser = async (authorization: string) =>
	await plain(zoho.api.origin, { authorization }).get('/crm/v8/users', { params: { type: 'CurrentUser' } });

describe('signing in', () => {
	test('the callback has code, state, location and accounts-server', async () => {
		const params = await callback();
		expect(params.get('state')).toBe('S1');
		expect(params.get('location')).toBe('us');
		expect(params.get('accounts-server')).toBe(zoho.accounts.origin);
	});

	test('a code gives tokens once, with the API host in api_domain', async () => {
		const code = String((await callback()).get('code'));
		const first = await exchange(code);
		expect(first.data).toMatchObject({ api_domain: zoho.api.origin, token_type: 'Bearer', expires_in: 3600 });
		expect(first.data.refresh_token).toEqual(expect.any(String));
		const second = await exchange(code);
		expect([second.status, second.data]).toEqual([200, { error: 'invalid_code' }]);
	});

	test('client credentials may come as Basic', async () => {
		const code = String((await callback()).get('code'));
		const basic = Buffer.from(`${defaultClient.id}:${defaultClient.secret}`).toString('base64');
		const answer = await token(
			{ grant_type: 'authorization_code', code, redirect_uri: redirectUri },
			{ authorization: `Basic ${basic}` },
		);
		expect(answer.data.access_token).toEqual(expect.any(String));
	});

	test('a code is good for three minutes', async () => {
		const code = String((await callback()).get('code'));
		zoho.clock.advance(3 * 60_000 + 1);
		expect((await exchange(code)).data).toEqual({ error: 'invalid_code' });
	});

	test('a code of another data centre is taken at its own accounts server only', async () => {
		zoho.settings.homeAccountsServer = zoho.accounts.origin.replace('127.0.0.1', 'localhost');
		const params = await callback();
		expect(params.get('accounts-server')).toBe(zoho.settings.homeAccountsServer);
		expect((await exchange(String(params.get('code')))).data).toEqual({ error: 'invalid_code' });
	});

	test.each([
		['online access', { access_type: undefined }, [false, false]],
		['offline without prompt', { prompt: undefined }, [true, false]],
		['offline with prompt', {}, [true, true]],
	])('%s: refresh token at the first and the second consent', async (_, more, expected) => {
		const seen: object[] = [];
		while (seen.length < 2) seen.push((await exchange(String((await callback(more)).get('code')))).data);
		expect(seen.map((data) => 'refresh_token' in data)).toEqual(expected);
	});

	test.each([
		['an unknown client', { client_id: 'nobody' }, 'invalid_client'],
		['scopes parted by a space', { scope: 'ZohoCRM.coql.READ ZohoCRM.users.READ' }, 'invalid_scope'],
		['no response type', { response_type: undefined }, 'invalid_response_type'],
		['no redirect URI', { redirect_uri: undefined }, 'invalid_redirect_uri'],
	])('%s gets a page, not a redirect', async (_, more, word) => {
		const answer = await ask(more);
		expect(answer.status).toBe(400);
		expect(answer.data).toContain(word);
	});

	test('a user who refuses comes back with access_denied; a page with a button can be shown instead', async () => {
		zoho.settings.consent = 'deny';
		expect((await callback()).get('error')).toBe('access_denied');
		zoho.settings.consent = 'page';
		const page = await ask();
		expect(page.status).toBe(200);
		const accepted = await accounts().get('/oauth/v2/auth/accept', { params: page.config.params });
		expect(accepted.headers['location']).toContain('code=');
	});

	test.each([
		[{ ...credentials, client_secret: 'wrong' }, 'invalid_client_secret'],
		[{ ...credentials, client_id: 'nobody' }, 'invalid_client'],
		[{ ...credentials, redirect_uri: 'http://elsewhere.example/' }, 'invalid_redirect_uri'],
	])('the token endpoint refuses %j', async (fields, error) => {
		expect((await exchange(String((await callback()).get('code')), fields)).data).toEqual({ error });
	});
});

describe('refreshing', () => {
	test('a refresh gives a new access token and no new refresh token', async () => {
		const { refresh_token } = zoho.grant();
		zoho.expireAccessTokens();
		const { data } = await refresh(refresh_token);
		expect(data).not.toHaveProperty('refresh_token');
		expect(data.api_domain).toBe(zoho.api.origin);
		expect((await currentUser(`Bearer ${data.access_token}`)).status).toBe(200);
	});

	test.each([200, 400] as const)('a revoked refresh token is invalid_code with status %d', async (status) => {
		zoho.settings.tokenErrorStatus = status;
		const { refresh_token } = zoho.grant();
		zoho.revokeRefreshTokens();
		const answer = await refresh(refresh_token);
		expect([answer.status, answer.data]).toEqual([status, { error: 'invalid_code' }]);
	});

	test.each([200, 400] as const)('the eleventh refresh in ten minutes is refused with status %d', async (status) => {
		zoho.settings.throttleStatus = status;
		const { refresh_token } = zoho.grant();
		for (let count = 0; count < 10; count++) expect((await refresh(refresh_token)).data.access_token).toBeTruthy();
		const answer = await refresh(refresh_token);
		expect([answer.status, answer.data.error]).toEqual([status, 'Access Denied']);
		zoho.clock.advance(10 * 60_000);
		expect((await refresh(refresh_token)).data.access_token).toBeTruthy();
	});

	test('the throttle can be switched off; then the sixteenth live access token ends the first', async () => {
		zoho.settings.throttle = false;
		const { refresh_token } = zoho.grant();
		const tokens = [];
		for (let count = 0; count < 16; count++) tokens.push(String((await refresh(refresh_token)).data.access_token));
		expect((await currentUser(`Bearer ${tokens[0]}`)).data.code).toBe('INVALID_TOKEN');
		expect((await currentUser(`Bearer ${tokens[1]}`)).status).toBe(200);
	});

	test('the 21st refresh token ends the first', async () => {
		const grants = Array.from({ length: 21 }, () => zoho.grant());
		expect((await refresh(grants[0]?.refresh_token ?? '')).data.error).toBe('invalid_code');
		expect((await refresh(grants[1]?.refresh_token ?? '')).data.access_token).toBeTruthy();
	});
});

describe('using a token', () => {
	test.each(['Zoho-oauthtoken', 'Bearer'])('%s is taken', async (style) => {
		const answer = await currentUser(`${style} ${zoho.grant().access_token}`);
		expect(answer.data.users).toEqual([expect.objectContaining({ id: zoho.users.integration.id })]);
	});

	test('an access token dies after expires_in', async () => {
		zoho.settings.accessTokenLifeSeconds = 60;
		const { access_token, expires_in } = zoho.grant();
		expect(expires_in).toBe(60);
		zoho.clock.advance(60_001);
		const answer = await currentUser(`Bearer ${access_token}`);
		expect([answer.status, answer.data.code]).toEqual([401, 'INVALID_TOKEN']);
	});

	test('no header at all is AUTHENTICATION_FAILURE', async () => {
		expect((await plain(zoho.api.origin).get('/crm/v8/users')).data.code).toBe('AUTHENTICATION_FAILURE');
	});

	test.each([
		['coql', 'ZohoCRM.modules.contacts.ALL', 'post', '/coql'],
		['coql without the module', 'ZohoCRM.coql.READ', 'post', '/coql'],
		['fields', 'ZohoCRM.modules.ALL', 'get', '/settings/fields?module=Contacts'],
		['layouts', 'ZohoCRM.settings.fields.READ', 'get', '/settings/layouts?module=Contacts'],
		['users', 'ZohoCRM.modules.ALL', 'get', '/users?type=CurrentUser'],
		['contacts', 'ZohoCRM.coql.READ', 'get', '/Contacts/5725767000001001001'],
		['upsert with create alone', 'ZohoCRM.modules.contacts.CREATE', 'post', '/Contacts/upsert'],
	])('without the scope for %s: OAUTH_SCOPE_MISMATCH', async (_, scopes, method, url) => {
		const authorization = `Bearer ${zoho.grant(scopes).access_token}`;
		const answer = await plain(`${zoho.api.origin}/crm/v8`, { authorization }).request({ method, url, data: {} });
		expect([answer.status, answer.data.code]).toEqual([401, 'OAUTH_SCOPE_MISMATCH']);
	});

	test('a wider scope covers a narrower one, whatever its case', async () => {
		const authorization = `Bearer ${zoho.grant('ZohoCRM.settings.all').access_token}`;
		const answer = await plain(zoho.api.origin, { authorization }).get('/crm/v8/settings/fields?module=Contacts');
		expect(answer.status).toBe(200);
	});
});
