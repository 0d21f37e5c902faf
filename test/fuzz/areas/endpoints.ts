import fc from 'fast-check';

import { parseEndpoint, parseToken } from '../../../http/endpoint';
import { encoded, path } from '../../../http/path';
import { retryAfterMs } from '../../../http/retryAfter';
import { Secrets } from '../../../http/secrets';
import { parseWatiConnection } from '../../../vendors/wati/connection';
import { parseWawpConnection } from '../../../vendors/wawp/connection';
import {
	myDomainOrigin,
	parseSalesforceConnection,
	salesforceCredential,
} from '../../../vendors/salesforce/connection';
import { parseZohoConnection } from '../../../vendors/zoho/connection';
import { RequestError } from '../../../http/errors';
import { attempt, attemptCall, expectRefusal, property, type Property } from '../kit';
import { anyJson, anyText } from '../values';

const RULES = { field: 'API Endpoint', example: 'https://live.wati.io/1' };

const schemes = fc.constantFrom(
	'https://',
	'HTTPS://',
	'http://',
	'',
	'//',
	'https:/',
	'ftp://',
	'javascript:',
	'file:///',
	'https:',
	'wss://',
	' https://',
);
const hosts = fc.oneof(
	fc.domain(),
	fc.constantFrom(
		'localhost',
		'127.0.0.1',
		'[::1]',
		'0x7f.1',
		'2130706433',
		'127.1',
		'10.0.0.1',
		'169.254.169.254',
		'[::ffff:127.0.0.1]',
		'metadata.google.internal',
		'a',
		'a.',
		'.a',
		'localhost.',
		'ⓛocalhost',
		'exämple.com',
		'xn--80ak6aa92e.com',
		'live.wati.io',
		'a..b',
		'1.1',
		'[fe80::1%25eth0]',
		'x.local',
		'127.0.0.1.nip.io',
		'login.salesforce.com',
		'www.zohoapis.eu',
	),
	fc.ipV4(),
	fc.ipV6().map((ip) => `[${ip}]`),
	anyText,
);
const ports = fc.constantFrom('', ':443', ':80', ':0', ':99999', ':', ':8080', ':x');
const tails = fc.oneof(
	fc.constantFrom('', '/', '/12345', '/..', '/%2e%2e/', '?a=1', '#x', '\\', '/a@b', '//evil.example.com', '/\r\nx: y'),
	anyText,
);
const userInfo = fc.oneof(
	{ weight: 4, arbitrary: fc.constant('') },
	{ weight: 1, arbitrary: fc.constantFrom('u@', 'u:p@', '@', ':@') },
);
const addresses = fc.oneof(
	{ weight: 5, arbitrary: fc.tuple(schemes, userInfo, hosts, ports, tails).map((parts) => parts.join('')) },
	{ weight: 1, arbitrary: anyText },
);

const CANARY = 'CANARY-9f2c';

/** Where a token may go: https to a public name, or this machine. */
function expectSafe(url: URL): void {
	const { protocol, hostname, username, password, search, hash } = url;
	expect([username, password, search, hash]).toEqual(['', '', '', '']);
	if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return expect(protocol).toMatch(/^https?:$/);
	expect(protocol).toBe('https:');
	expect(hostname).toMatch(/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/);
	expect(hostname).toMatch(/[a-z]/);
	expect(hostname).not.toMatch(/(^|\.)(localhost|local|internal|xn--.*)$/);
}

export const endpointProperties: Property[] = [
	property(
		'a token goes to https and a public name, or to this machine; every other address is refused by its field',
		addresses,
		(text) => {
			const result = attempt(() => parseEndpoint(text, RULES));
			if (!result.done) return expectRefusal(result.problem, ['API Endpoint']);
			expectSafe(result.value);
			expect(parseEndpoint(result.value.href, RULES).href).toBe(result.value.href);
		},
	),
	property(
		'a refused address shows no password and no token that was typed into it',
		fc.tuple(schemes, anyText, fc.constantFrom(':', ''), anyText, hosts, tails),
		([scheme, before, colon, after, host, tail]) => {
			const [user, rest] = [before, after].map((text) => text.slice(0, 20));
			for (const text of [
				`${scheme}${user}${colon}${CANARY}${rest}@${host}${tail}`,
				`${scheme}${host}/?token=${CANARY}${tail}`,
				`${scheme}${host}#${CANARY}`,
				`Bearer ${CANARY}${rest}`,
				`eyJ${CANARY}.${rest}`,
			]) {
				const result = attempt(() => parseEndpoint(text, RULES));
				if (!result.done) expect(`${result.problem.message} ${result.problem.description}`).not.toContain(CANARY);
			}
		},
	),
	property(
		'a token is what a header can carry, and the same when it is pasted again',
		fc.tuple(
			fc.constantFrom('', 'Bearer ', 'bearer', 'Authorization: Bearer ', '"', "'", '""', '"Bearer '),
			fc.oneof(fc.stringMatching(/^[\x21-\x7e]{1,40}$/), anyText),
			fc.constantFrom('', '"', "'", '\n', ' '),
		),
		(parts) => {
			const result = attempt(() => parseToken(parts.join(''), 'Access Token'));
			if (!result.done) return expectRefusal(result.problem, ['Access Token']);
			expect(result.value).toMatch(/^[\x21-\x7e]+$/);
			expect(parseToken(result.value, 'Access Token')).toBe(result.value);
		},
	),
	property(
		'a connection leads to a safe address, whatever was typed or stored',
		fc.tuple(addresses, anyText, anyJson),
		async ([address, text, json]) => {
			const fields = ['API Endpoint', 'Access Token', 'Instance ID', 'My Domain URL', 'Environment', 'api_domain'];
			const credential = salesforceCredential.safeParse(json);
			const opened = [
				async () => parseWatiConnection({ apiEndpoint: address, accessToken: text }).origin,
				async () =>
					parseWawpConnection({
						instanceId: text,
						accessToken: 'token-1',
						apiEndpoint: address,
						sendCredentialsIn: 'automatic',
					}).origin,
				async () =>
					parseSalesforceConnection(salesforceCredential.parse({ oauthTokenData: { instance_url: address, id: text } }))
						.origin,
				async () => myDomainOrigin(salesforceCredential.parse({ environment: 'myDomain', myDomain: address })),
				async () => parseZohoConnection({ api_domain: address }).origin,
				async () => (credential.success ? parseSalesforceConnection(credential.data).origin : ''),
			];
			for (const open of opened) {
				const result = await attemptCall(open);
				if (result.done) {
					if (result.value !== '') expectSafe(new URL(result.value));
				} else if (result.problem instanceof RequestError) {
					expect(result.problem.kind).toBe('reconnect');
				} else {
					expectRefusal(result.problem, fields);
				}
			}
		},
	),
	property('a value in a path is that value at the other end and nothing more, or is refused', anyText, (value) => {
		const result = attempt(() => path`/api/contacts/${value}/tags/${value}`);
		if (!result.done) return expectRefusal(result.problem, ['Path']);
		const url = new URL(result.value, 'https://api.example.com');
		expect([url.search, url.hash]).toEqual(['', '']);
		expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'api', 'contacts', value, 'tags', value]);
	}),
	property('a value in a query is one value at the other end', fc.tuple(anyText, anyText), ([name, value]) => {
		const read = new URL(`https://api.example.com/?${encoded(name)}=${encoded(value)}&last=1`).searchParams;
		const whole = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');
		expect([...read]).toEqual([
			[whole(name), whole(value)],
			['last', '1'],
		]);
	}),
	property(
		'a secret is hidden in every form, and hiding changes nothing else',
		fc.tuple(fc.string({ minLength: 16, maxLength: 40 }), anyText, anyText),
		([secret, before, after]) => {
			const secrets = new Secrets([secret]);
			for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
				expect(secrets.hide(before + form + after)).not.toContain(secret);
				expect(secrets.isIn(secrets.hideLong(before + form + after))).toBe(false);
			}
			if (!secrets.isIn(before)) expect(secrets.hide(before)).toBe(before);
		},
	),
	property(
		'the wait that a vendor asks for is a number of milliseconds from now on, or none',
		fc.oneof(
			anyText,
			fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
			fc.nat().map(String),
			fc.integer({ min: 1, max: 500 }).map((times) => '9'.repeat(times)),
		),
		(header) => {
			const wait = retryAfterMs(header, Date.UTC(2026, 10, 20));
			if (wait !== undefined) expect(wait).toBeGreaterThanOrEqual(0);
		},
	),
];
