import { parseEndpoint, parseToken } from '../../../http/endpoint';
import { refusalOf } from '../../support/refusalOf';

const RULES = { field: 'API Endpoint', example: 'https://live-mt-server.wati.io/12345' };

describe('addresses that are taken', () => {
	test.each([
		['https://live-mt-server.wati.io/12345', 'https://live-mt-server.wati.io/12345'],
		['live-mt-server.wati.io', 'https://live-mt-server.wati.io/'],
		['  https://eu-api.wati.io/  ', 'https://eu-api.wati.io/'],
		['HTTPS://EU-API.WATI.IO/12345/', 'https://eu-api.wati.io/12345/'],
		['https://live-mt-server.wati.io:443/12345', 'https://live-mt-server.wati.io/12345'],
		['https://live-mt-server.wati.io:8443', 'https://live-mt-server.wati.io:8443/'],
		['live-mt-server.wati.io:8443/1', 'https://live-mt-server.wati.io:8443/1'],
		['https://eyjafjoll.example.com', 'https://eyjafjoll.example.com/'],
		['http://localhost:5678', 'http://localhost:5678/'],
		['http://127.0.0.1:41234/12345', 'http://127.0.0.1:41234/12345'],
		['https://127.0.0.1', 'https://127.0.0.1/'],
		['http://[::1]:8080', 'http://[::1]:8080/'],
	])('%s', (typed, href) => {
		expect(parseEndpoint(typed, RULES).href).toBe(href);
	});
});

/** Each with a word of the reason. */
const HOSTILE: Array<[string, RegExp]> = [
	// nothing, or no address
	['', /is empty/],
	['   ', /is empty/],
	['https://', /is not an address/],
	['://wati.io', /is not an address/],
	['javascript:alert(1)', /is not an address/],
	['data:text/html,hello', /is not an address/],
	['mailto:a@wati.io', /is not an address|user name/],
	['https:wati.io', /is not an address/],
	['https://wati.io:99999', /is not an address/],
	['https://wati.io:port', /is not an address/],
	['https://1.2.3.4.5', /is not an address/],
	['https://wati.io%00.evil.example', /is not an address/],
	['https://[::1', /is not an address/],
	['https://exa<mple>.com', /is not an address/],
	// other ways than https
	['http://live-mt-server.wati.io', /starts with "http:/],
	['ftp://live-mt-server.wati.io', /starts with "ftp:/],
	['file:///etc/passwd', /starts with "file:/],
	['ws://live-mt-server.wati.io', /starts with "ws:/],
	['gopher://live-mt-server.wati.io', /starts with "gopher:/],
	['unix:///var/run/docker.sock', /starts with "unix:/],
	['ftp://127.0.0.1', /starts with "ftp:/],
	['ws://localhost', /starts with "ws:/],
	// somebody else's host behind a known one
	['https://live-mt-server.wati.io@evil.example', /user name or password/],
	['https://admin:hunter22@live-mt-server.wati.io', /user name or password/],
	['admin:hunter22@live-mt-server.wati.io', /user name or password/],
	['https://@evil.example', /user name or password/],
	['https://wati.io:443@evil.example/', /user name or password/],
	['https://evil.example#@wati.io', /user name or password|"#"/],
	['https://evil.example\\@wati.io', /backslash/],
	['https://wati.io\\.evil.example', /backslash/],
	['https:\\\\evil.example', /backslash/],
	// something behind it
	['https://live-mt-server.wati.io/?token=hunter22', /"\?" or "#"/],
	['https://live-mt-server.wati.io?', /"\?" or "#"/],
	['https://live-mt-server.wati.io/12345#', /"\?" or "#"/],
	['https://live-mt-server.wati.io/12345#hunter22', /"\?" or "#"/],
	// blanks and control characters
	['https://live-mt-server .wati.io', /holds a blank/],
	['https://wati.io\n.evil.example', /holds a blank/],
	['https://wati.io\t/12345', /holds a blank/],
	['https://wati.io\r\nHost: evil.example', /holds a blank/],
	['https://wati.io/\u0000', /control character/],
	['https://wati.io/\u0085', /control character|blank/],
	['https://wati.io/\u00a0x', /blank/],
	// letters that look like others
	['https://w\u0430ti.io', /letters outside/],
	['https://wati\u3002io', /letters outside/],
	['https://\u24e6ati.io', /letters outside/],
	['https://wati\u200b.io', /letters outside/],
	['https://xn--wti-6cd.io', /letters outside/],
	['https://api.xn--80ak6aa92e.com', /letters outside/],
	['https://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460', /letters outside/],
	// IP addresses, plain and in disguise
	['https://10.0.0.1', /IP address/],
	['https://169.254.169.254/latest/meta-data', /IP address/],
	['https://8.8.8.8', /IP address/],
	['https://0.0.0.0', /IP address/],
	['https://0', /IP address/],
	['https://[::]', /IP address/],
	['https://[fe80::1]', /IP address/],
	['https://[::ffff:127.0.0.1]', /IP address/],
	['https://[::ffff:169.254.169.254]', /IP address/],
	['http://2130706433', /unusual form/],
	['http://0x7f.1', /unusual form/],
	['http://0x7f000001', /unusual form/],
	['http://0177.0.0.1', /unusual form/],
	['127.1', /unusual form/],
	['https://127.0.1', /unusual form/],
	['https://%31%32%37.0.0.1', /unusual form/],
	['https://3232235521', /IP address/],
	// names inside
	['https://wati', /private network/],
	['https://intranet/api', /private network/],
	['https://localhost.', /private network/],
	['https://wati.localhost', /private network/],
	['https://printer.local', /private network/],
	['https://metadata.google.internal', /private network/],
	['https://host.docker.internal', /private network/],
	['https://kubernetes.default.svc', /private network/],
	['https://kubernetes.default.svc.cluster.local', /private network/],
	['https://nas.lan', /private network/],
	['https://router.home.arpa', /private network/],
	['https://build.corp', /private network/],
	['https://wati.io.', /private network/],
	['https://wati.test', /private network/],
	[`https://${'a.'.repeat(200)}com`, /too long/],
	// the token in the wrong field
	['Bearer hunter22hunter22', /holds a token/],
	['Authorization: Bearer hunter22', /holds a token/],
	['eyJhbGciOiJIUzI1NiJ9.eyJodW50ZXIyMiI6MX0.hunter22', /holds a token/],
];

describe('addresses that are refused', () => {
	test(`are at least 60: ${HOSTILE.length}`, () => expect(HOSTILE.length).toBeGreaterThanOrEqual(60));

	test.each(HOSTILE)('%j', (typed, reason) => {
		const refusal = refusalOf(() => parseEndpoint(typed, RULES));
		expect(refusal.message).toMatch(/^The API Endpoint /);
		expect(refusal.message).toMatch(reason);
		expect(refusal.field).toBe('API Endpoint');
		expect(`${refusal.message} ${refusal.description}`).not.toContain('hunter22');
		expect(refusal.description).toContain(RULES.example);
	});

	test('a host that the vendor does not use, where the vendor has a list', () => {
		const rules = { ...RULES, hosts: /(^|\.)wati\.io$/ };
		expect(parseEndpoint('https://eu-api.wati.io', rules).hostname).toBe('eu-api.wati.io');
		for (const typed of ['https://wati.io.evil.example', 'https://notwati.io', 'https://evil.example/wati.io']) {
			expect(() => parseEndpoint(typed, rules)).toThrow('not an address of this service');
		}
	});
});

describe('tokens', () => {
	test.each([
		['abc.def-123', 'abc.def-123'],
		['  abc  ', 'abc'],
		['Bearer abc', 'abc'],
		['bearer   abc', 'abc'],
		['BEARER\tabc\n', 'abc'],
		['Bearer Bearer abc', 'abc'],
		['Bearer: abc', 'abc'],
		['Authorization: Bearer abc', 'abc'],
		['"abc"', 'abc'],
		["'Bearer abc'", 'abc'],
		['bearerabc', 'bearerabc'],
		['a+b/c==', 'a+b/c=='],
	])('%j is read as %j', (pasted, token) => {
		expect(parseToken(pasted, 'Access Token')).toBe(token);
	});

	test.each(['', '  ', 'Bearer', 'Bearer ', '""'])('%j is empty', (pasted) => {
		expect(() => parseToken(pasted, 'Access Token')).toThrow('The Access Token is empty');
	});

	test.each(['hunter22 hunter22', 'hunter22\nhunter22', 'hunter22\u200b', 'hünter22', 'hunter22\u0000'])(
		'%j can not be sent, and is not shown',
		(pasted) => {
			const refusal = refusalOf(() => parseToken(pasted, 'Access Token'));
			expect(refusal.message).toContain('holds a blank, a line break or a letter');
			expect(`${refusal.message} ${refusal.description}`).not.toMatch(/h[uü]nter22/);
		},
	);
});
