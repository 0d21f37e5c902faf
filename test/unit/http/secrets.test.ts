import { Secrets, secretsIn } from '../../../http/secrets';

test('the secrets in a stored connection are found by their names, wherever they stand', () => {
	const connection = {
		apiEndpoint: 'https://live-mt-server.wati.io/12345',
		accessToken: ' Bearer first',
		accessTokenUrl: 'https://accounts.example.com/token',
		clientId: 'public',
		clientSecret: 'second',
		oauthTokenData: { access_token: 'third', refresh_token: 'fourth', token_type: 'Bearer', expires_in: 3600 },
	};
	expect(secretsIn(connection)).toEqual(['first', 'second', 'third', 'fourth', btoa('public:second')]);
});

test('what was a secret before a token was renewed stays one', () => {
	const secrets = new Secrets(['old-token']).and(['new-token']);
	expect(secrets.hide('not with old-token, nor with new-token')).toBe('not with …, nor with …');
});

test('hides a secret in the forms in which a text may hold it', () => {
	const secrets = new Secrets(['a"b/c=d']);
	expect(secrets.hide(`a"b/c=d ${encodeURIComponent('a"b/c=d')} ${JSON.stringify('a"b/c=d')}`)).toBe('… … "…"');
});
