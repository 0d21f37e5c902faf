import { parseWatiConnection } from '../../../vendors/wati/connection';

const ORIGIN = 'https://live-mt-server.wati.io';

describe('the API Endpoint in the forms people paste it', () => {
	test.each<[string, { origin: string; tenantId?: string }]>([
		['https://live-mt-server.wati.io/12345', { origin: ORIGIN, tenantId: '12345' }],
		['https://live-mt-server.wati.io/12345/', { origin: ORIGIN, tenantId: '12345' }],
		['https://live-mt-server.wati.io//12345', { origin: ORIGIN, tenantId: '12345' }],
		['https://live-mt-server.wati.io', { origin: ORIGIN }],
		['https://live-mt-server.wati.io/', { origin: ORIGIN }],
		['  https://live-mt-server.wati.io/12345\n', { origin: ORIGIN, tenantId: '12345' }],
		['live-mt-server.wati.io/12345', { origin: ORIGIN, tenantId: '12345' }],
		['LIVE-MT-SERVER.WATI.IO/12345', { origin: ORIGIN, tenantId: '12345' }],
		['https://live-mt-server.wati.io/12345/api/v1', { origin: ORIGIN, tenantId: '12345' }],
		['https://live-mt-server.wati.io/12345/api/v1/getContacts', { origin: ORIGIN, tenantId: '12345' }],
		['https://live-mt-server.wati.io/api/ext/v3', { origin: ORIGIN }],
		['https://live-mt-server.wati.io/api/ext/v3/contacts', { origin: ORIGIN }],
		['https://live-mt-server.wati.io:443/12345', { origin: ORIGIN, tenantId: '12345' }],
		['https://live-mt-server-301.wati.io/301234', { origin: 'https://live-mt-server-301.wati.io', tenantId: '301234' }],
		['https://live-server-12345.wati.io', { origin: 'https://live-server-12345.wati.io' }],
		['https://eu-api.wati.io/9', { origin: 'https://eu-api.wati.io', tenantId: '9' }],
		['http://127.0.0.1:41234/12345', { origin: 'http://127.0.0.1:41234', tenantId: '12345' }],
	])('%j', (apiEndpoint, { origin, tenantId }) => {
		expect(parseWatiConnection({ apiEndpoint, accessToken: 'token' })).toEqual({ origin, tenantId, token: 'token' });
	});

	test.each([
		['', /API Endpoint is empty/],
		['http://live-mt-server.wati.io/12345', /starts with "http:/],
		['https://live-mt-server.wati.io/12345?x=1', /"\?" or "#"/],
		['https://me@live-mt-server.wati.io', /user name/],
		['12345', /not an address|IP address|private network/],
		['Bearer abc', /holds a token/],
	])('%j is refused', (apiEndpoint, reason) => {
		expect(() => parseWatiConnection({ apiEndpoint, accessToken: 'token' })).toThrow(reason);
	});
});

test.each(['token', 'Bearer token', ' bearer  token\n', '"token"'])('the Access Token as %j', (accessToken) => {
	expect(parseWatiConnection({ apiEndpoint: ORIGIN, accessToken }).token).toBe('token');
});

test('an empty token is refused', () => {
	expect(() => parseWatiConnection({ apiEndpoint: ORIGIN, accessToken: 'Bearer ' })).toThrow(
		'The Access Token is empty',
	);
});
