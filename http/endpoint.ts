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
const INNER_NAMES =
	/(^|\.)(localhost|local|internal|intranet|private|lan|home|corp|localdomain|home\.arpa|svc|test|invalid)$/i;
/** RFC 1035, 2.3.4. */
const LONGEST_HOST = 253;

/** How texts begin that belong into the token's field: a pasted header, a JSON Web Token. */
const isLikeAToken = (typed: string): boolean => /^(authorization|bearer)[\s:]/i.test(typed) || typed.startsWith('eyJ');

interface Rule {
	isBroken: boolean;
	/** How the message goes on after the field's name. */
	why: string;
	expected: string;
}

/** What is checked before the text is read as an address, in this order. */
const textRules = (typed: string, { example }: EndpointRules): Rule[] => [
	{ isBroken: typed === '', why: 'is empty', expected: `an address such as ${example}` },
	{ isBroken: isLikeAToken(typed), why: 'holds a token', expected: 'the address; the token has its own field' },
	{
		isBroken: /[\s\\\p{Cc}]/u.test(typed),
		why: 'holds a blank, a backslash or a control character',
		expected: `an address such as ${example}`,
	},
	{
		isBroken: /[^\x21-\x7e]/.test(typed),
		why: 'holds letters outside of a to z',
		expected: `an address such as ${example}`,
	},
	{ isBroken: !URL.canParse(withScheme(typed)), why: 'is not an address', expected: `an address such as ${example}` },
];

/** What is checked of every address. */
const addressRules = (url: URL, typed: string, { example }: EndpointRules): Rule[] => [
	{
		isBroken: url.username !== '' || url.password !== '' || typed.includes('@'),
		why: 'holds a user name or password',
		expected: 'the address alone; the token has its own field',
	},
	{ isBroken: /[?#]/.test(typed), why: 'holds a "?" or "#"', expected: 'the address without anything behind it' },
	{
		isBroken: /(^|\.)xn--/.test(url.hostname),
		why: 'holds letters outside of a to z',
		expected: `a host such as ${example}`,
	},
];

/** Loopback has to be written as such: `0x7f.1` or `2130706433` is somebody's trick. */
const loopbackRules = (url: URL, typed: string): Rule[] => [
	{ isBroken: !/^https?:$/.test(url.protocol), why: `starts with "${url.protocol}//"`, expected: 'https://' },
	{
		isBroken: hostAsTyped(typed) !== url.hostname,
		why: 'is an IP address in an unusual form',
		expected: 'a host name',
	},
];

/** What is checked of an address outside of this machine. */
const publicRules = ({ protocol, hostname }: URL, { example, hosts }: EndpointRules): Rule[] => [
	{
		isBroken: protocol !== 'https:',
		why: `starts with "${protocol}//"`,
		expected: 'https://, so that the token is not readable on its way',
	},
	{ isBroken: IP_ADDRESS.test(hostname), why: 'is an IP address', expected: `a host name such as ${example}` },
	{
		isBroken: /[^a-z0-9._-]|^\.|\.\./.test(hostname),
		why: 'is not a host name',
		expected: `a host name such as ${example}`,
	},
	{
		isBroken: !hostname.includes('.') || hostname.endsWith('.') || INNER_NAMES.test(hostname),
		why: 'is a name inside a private network',
		expected: `a public host name such as ${example}`,
	},
	{ isBroken: hostname.length > LONGEST_HOST, why: 'is too long', expected: `at most ${LONGEST_HOST} characters` },
	{
		isBroken: hosts !== undefined && !hosts.test(hostname),
		why: 'is not an address of this service',
		expected: `a host such as ${example}`,
	},
];

/**
 * Checks the address that a token is to be sent to and returns it as a URL.
 * https, or http on loopback only; a public host name; no user-info, no query, no fragment.
 * A path is kept: what it means is the vendor's business. Where a public name leads is not looked up here.
 * @throws InputProblem that names the field, what was found and what is expected.
 */
export function parseEndpoint(text: string, rules: EndpointRules): URL {
	const typed = text.trim();
	const check = (list: Rule[]): void => {
		const broken = list.find(({ isBroken }) => isBroken);
		if (broken) throw refusal(typed, rules, broken);
	};
	check(textRules(typed, rules));
	const url = new URL(withScheme(typed));
	check(addressRules(url, typed, rules));
	check(LOOPBACK.test(url.hostname) ? loopbackRules(url, typed) : publicRules(url, rules));
	return url;
}

function refusal(typed: string, { field, example }: EndpointRules, { why, expected }: Rule): InputProblem {
	return new InputProblem(`The ${field} ${why}`, {
		field,
		found: shownAddress(typed),
		expected,
		mend: `Open the connection and enter it in the form of ${example}.`,
	});
}

function withScheme(typed: string): string {
	return /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
}

/** The host in the letters in which it was typed; all forms of IPv6 loopback count as the usual one. */
function hostAsTyped(typed: string): string {
	const [host = ''] = withScheme(typed)
		.replace(/^[a-z]+:\/*/i, '')
		.split('/');
	return host.startsWith('[') ? '[::1]' : (host.toLowerCase().split(':')[0] ?? '');
}

/** What was typed, without what may be a secret in it: user-info, query, or a token in the wrong field. */
export function shownAddress(typed: string): string {
	if (isLikeAToken(typed)) return '(a token)';
	return typed.replace(/^([a-z][a-z0-9+.-]*:)?(\/\/)?.*@/is, '$1$2…@').replace(/[?#].*/s, '…');
}

/** What people copy along with a token: the header's name, "Bearer", quotes. */
const BEFORE_TOKEN = /^(["']|authorization\s*:\s*|bearer(\s*:)?(\s+|$))*/i;

/** A token as people paste it, without what stands around it. @throws InputProblem when nothing or something unsendable is left. */
export function parseToken(text: string, field: string): string {
	const token = text
		.trim()
		.replace(/["']+$/, '')
		.replace(BEFORE_TOKEN, '')
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
