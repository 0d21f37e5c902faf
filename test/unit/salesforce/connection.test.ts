import type { INodeProperties } from 'n8n-workflow';

import { SalesforceConnectionOAuth2Api } from '../../../credentials/SalesforceConnectionOAuth2Api.credentials';
import {
	myDomainOrigin,
	parseSalesforceConnection,
	salesforceCredential,
} from '../../../vendors/salesforce/connection';

const properties = new SalesforceConnectionOAuth2Api().properties;
const property = (name: string): INodeProperties => {
	const found = properties.find((one) => one.name === name);
	if (!found) throw new Error(`The connection has no field ${name}`);
	return found;
};

/** What n8n makes of a hidden field: the expression in its default, over the visible fields. */
function derived(name: string, self: Record<string, unknown>): string {
	const template = String(property(name).default).replace(/^=/, '');
	return template.replace(/\{\{(.*?)\}\}/gs, (_all, code: string) => {
		const evaluate: (values: unknown) => unknown = new Function('$self', `return (${code});`) as (
			values: unknown,
		) => unknown;
		return String(evaluate(self));
	});
}

test.each([
	[{ environment: 'production' }, 'https://login.salesforce.com'],
	[{ environment: 'production', myDomain: 'https://evil.example' }, 'https://login.salesforce.com'],
	[{ environment: 'sandbox' }, 'https://test.salesforce.com'],
	[{ environment: 'myDomain', myDomain: 'https://acme.my.salesforce.com' }, 'https://acme.my.salesforce.com'],
	[
		{ environment: 'myDomain', myDomain: ' acme--dev.sandbox.my.salesforce.com/ ' },
		'https://acme--dev.sandbox.my.salesforce.com',
	],
	[
		{ environment: 'myDomain', myDomain: 'https://acme.my.salesforce.com/lightning/page/home' },
		'https://acme.my.salesforce.com',
	],
	[{ environment: 'myDomain', myDomain: 'http://127.0.0.1:4123' }, 'http://127.0.0.1:4123'],
	[{ environment: 'myDomain', myDomain: 'http://localhost:4123/' }, 'http://localhost:4123'],
])('with %j people sign in at %s', (self, host) => {
	expect(derived('authUrl', self)).toBe(`${host}/services/oauth2/authorize`);
	expect(derived('accessTokenUrl', self)).toBe(`${host}/services/oauth2/token`);
});

test.each([
	'',
	'https://evil.example',
	'http://acme.my.salesforce.com',
	'https://acme.my.salesforce.com.evil.example',
	'https://acme.my.salesforce.com@evil.example',
	'https://evil.example/acme.my.salesforce.com',
	'https://evilsalesforce.com',
	'http://127.0.0.1.evil.example',
	'http://localhost@evil.example',
	'javascript://acme.my.salesforce.com',
])('the client secret is never sent to "%s"', (myDomain) => {
	const url = derived('accessTokenUrl', { environment: 'myDomain', myDomain });
	expect(url).toBe('https://my-domain-url.invalid/services/oauth2/token');
});

test('client credentials ask for no scope, since Salesforce gives those of the app', () => {
	expect(derived('scope', { grantType: 'pkce' })).toBe('api refresh_token');
	expect(derived('scope', { grantType: 'clientCredentials' })).toBe('');
});

test('nothing that varies is in a hidden field, since n8n drops what is stored there', () => {
	const hidden = properties.filter(({ type }) => type === 'hidden').map(({ name }) => name);
	expect(hidden).toEqual(['authUrl', 'accessTokenUrl', 'scope', 'authQueryParameters', 'authentication']);
});

const connected = (oauthTokenData: object) => parseSalesforceConnection(salesforceCredential.parse({ oauthTokenData }));

test('host and user come from the token answer', () => {
	const id = 'https://login.salesforce.com/id/00D5g00000AAAAAEA4/0055g00000BBBBBAAS';
	expect(connected({ instance_url: 'https://acme.my.salesforce.com', id, access_token: 'token' })).toEqual({
		origin: 'https://acme.my.salesforce.com',
		userId: '0055g00000BBBBB',
		accessToken: 'token',
	});
});

test.each([
	{},
	{ access_token: 'token' },
	{ instance_url: '' },
	{ instance_url: 'https://evil.example' },
	{ instance_url: 'http://acme.my.salesforce.com' },
	{ instance_url: 'https://salesforce.com.evil.example' },
	{ instance_url: 'https://10.0.0.1' },
])('with the token answer %j the builder is told to reconnect, and no token is sent', (oauthTokenData) => {
	expect(() => connected(oauthTokenData)).toThrow(
		expect.objectContaining({ kind: 'reconnect', description: expect.stringContaining('sign in again') }),
	);
});

const app = (more: object) => salesforceCredential.parse({ grantType: 'clientCredentials', ...more });

test('client credentials need the My Domain URL', () => {
	expect(myDomainOrigin(app({ environment: 'myDomain', myDomain: 'acme.my.salesforce.com' }))).toBe(
		'https://acme.my.salesforce.com',
	);
	expect(() => myDomainOrigin(app({ environment: 'production' }))).toThrow('Client Credentials need the My Domain URL');
	expect(() => myDomainOrigin(app({ environment: 'myDomain' }))).toThrow('My Domain URL is empty');
	expect(() => myDomainOrigin(app({ environment: 'myDomain', myDomain: 'https://evil.example' }))).toThrow(
		'is not an address of this service',
	);
});
