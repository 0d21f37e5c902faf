import { InputProblem } from './errors';

export interface EndpointRules {
	/** The field of the connection, as the builder sees it. */
	field: string;
	/** A right address, for the message. */
	example: string;
	/** Hosts the vendor uses; any public host name where the vendor has no list. */
	hosts?: RegExp;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const IP_ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i;
const INNER_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|localdomain|home\.arpa|test|invalid)$/i;

/**
 * Checks the address that a token is to be sent to and returns it as a URL.
 * https, or http on loopback only; a public host name; no user-info, no query, no fragment.
 * A path is kept: what it means is the vendor's business.
 * @throws InputProblem that names the field, what was found and what is expected.
 */
export function parseEndpoint(text: string, rules: EndpointRules): URL {
	const typed = text.trim();
	const refuse = (why: string, expected: string): InputProblem =>
		new InputProblem(`The ${rules.field} ${why}`, {
			field: rules.field,
			found: withoutUserInfo(typed),
			expected,
			mend: `Open the connection and enter the address as ${rules.example} shows it.`,
		});

	if (typed === '') throw refuse('is empty', `an address such as ${rules.example}`);
	if (/[\s\\\u0000-\u001f\u007f]/.test(typed))
		throw refuse('holds a blank, a backslash or a control character', `an address such as ${rules.example}`);
	const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
	const url = parseUrl(withScheme);
	if (!url) throw refuse('is not an address', `an address such as ${rules.example}`);
	if (url.username !== '' || url.password !== '')
		throw refuse('holds a user name or password', 'the address alone; the token has its own field');
	if (url.search !== '' || url.hash !== '' || /[?#]/.test(typed))
		throw refuse('holds a "?" or "#"', 'the address without anything behind it');
	if (/[^\x21-\x7e]/.test(typed) || /(^|\.)xn--/.test(url.hostname))
		throw refuse('holds letters outside of a to z', `a host such as ${rules.example}`);
	if (LOOPBACK.test(url.hostname)) {
		if (url.protocol === 'http:' || url.protocol === 'https:') return loopbackAsTyped(url, withScheme, refuse);
		throw refuse(`starts with "${url.protocol}//"`, 'https://');
	}
	if (url.protocol !== 'https:')
		throw refuse(`starts with "${url.protocol}//"`, 'https://, so that the token is not readable on its way');
	if (IP_ADDRESS.test(url.hostname)) throw refuse('is an IP address', `a host name such as ${rules.example}`);
	if (!url.hostname.includes('.') || url.hostname.endsWith('.') || INNER_NAMES.test(url.hostname)) {
		throw refuse('is a name inside a private network', `a public host name such as ${rules.example}`);
	}
	if (rules.hosts && !rules.hosts.test(url.hostname))
		throw refuse('is not an address of this service', `a host such as ${rules.example}`);
	return url;
}

/** Loopback has to be written as such: `0x7f.1` or `2130706433` is somebody's trick. */
function loopbackAsTyped(url: URL, typed: string, refuse: (why: string, expected: string) => InputProblem): URL {
	const host = typed.replace(/^[a-z]+:\/\//i, '').split(/[/:]/)[0] ?? '';
	const written = typed.includes('[') ? '[::1]' : host.toLowerCase();
	if (written === url.hostname) return url;
	throw refuse('is an IP address in an unusual form', 'a host name');
}

function parseUrl(text: string): URL | undefined {
	return URL.canParse(text) ? new URL(text) : undefined;
}

function withoutUserInfo(text: string): string {
	return text.replace(/\/\/[^/@]*@/, '//…@');
}

/** A token as people paste it, without a leading "Bearer " and blanks. @throws InputProblem when nothing or something unsendable is left. */
export function parseToken(text: string, field: string): string {
	const token = text
		.trim()
		.replace(/^bearer\s+/i, '')
		.trim();
	if (token === '') {
		throw new InputProblem(`The ${field} is empty`, {
			field,
			expected: 'the token of the account',
			mend: 'Open the connection and paste it.',
		});
	}
	if (/[^\x21-\x7e]/.test(token)) {
		throw new InputProblem(`The ${field} holds a blank, a line break or a letter that no token has`, {
			field,
			expected: 'the token alone, in one line',
			mend: 'Copy it again from the account and paste it into the connection.',
		});
	}
	return token;
}
