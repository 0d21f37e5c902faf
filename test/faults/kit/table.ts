import type { Fault } from '../../simulators/kit/faults';

/**
 * What has to happen, as data. The rows are those of design.md, section 6: what a call does to the vendor's data decides
 * what may be done when nobody knows what became of it. Nothing here was read off a run.
 */

/** What a call does to the vendor's data; `token` is n8n's own call for a new token. */
export type Effect = 'token' | 'read' | 'update' | 'create' | 'message';

/** How an item ends. */
export type Ending =
	/** As if nothing had happened. */
	| 'done'
	/** An error: whether it was done is not known, and how to find out. */
	| 'unknown'
	/** An error: the vendor could not be reached, or gave no usable answer. */
	| 'gaveUp'
	/** An error in the vendor's words, or about a value. */
	| 'refused'
	/** An error: the connection has to be mended. */
	| 'signIn'
	/** An error: no more calls for now. */
	| 'quota';

export interface Expected {
	ending: Ending;
	/** How often a call is sent that is sent once when all is well. */
	calls: number;
	/** Where the run ends early, or chance plays a part: how many calls of the step there are in all, at least and at most. */
	inAll?: [least: number, most: number];
	/** Whether the vendor has it in the end: the contact, its new values, the message. Left out where there is nothing to have. */
	kept?: boolean;
}

/** How many calls the trouble hits. */
export type Duration = 'once' | 'for good';

/** Attempts of a call that may be repeated (http/retryTable.ts). */
const ALL = 4;

/** Calls in the two minutes for which a connection may be refused; they get rarer and rarer. */
const FEW: [number, number] = [1, 40];

export type Rule = Record<Duration, Expected>;
type Rules = Record<Exclude<Effect, 'token'>, Rule>;

const both = (expected: Expected): Rule => ({ once: expected, 'for good': expected });
const anyEffect = (rule: Rule): Rules => ({ read: rule, update: rule, create: rule, message: rule });

const done = (calls: number, kept = true): Expected => ({ ending: 'done', calls, kept });

export type FaultClass = keyof typeof RULES;

const REPEATED: Rule = { once: done(2), 'for good': { ending: 'gaveUp', calls: ALL, kept: false } };

export const RULES = {
	/** "wait and retry", until the budget ends it. */
	busy: anyEffect({ once: done(2), 'for good': { ending: 'quota', calls: 1, inAll: FEW, kept: false } }),
	/** The vendor did nothing, which nobody can know. */
	brokenBefore: {
		read: REPEATED,
		update: REPEATED,
		create: { once: done(2), 'for good': { ending: 'unknown', calls: 2, kept: false } },
		message: both({ ending: 'unknown', calls: 1, kept: false }),
	},
	/** The vendor did it, which nobody can know: a create is found by its key, a message is never sent again. */
	brokenAfter: {
		read: REPEATED,
		update: { once: done(2), 'for good': { ending: 'gaveUp', calls: ALL, kept: true } },
		create: both(done(1)),
		message: both({ ending: 'unknown', calls: 1, kept: true }),
	},
	/** Nothing was sent. */
	notConnected: anyEffect(REPEATED),
	refused: anyEffect(both({ ending: 'refused', calls: 1, kept: false })),
	/** The token is as it is; OAuth2 connections have another rule, below. */
	unauthorized: anyEffect(both({ ending: 'signIn', calls: 1, kept: false })),
	/** Not followed, and not repeated: the address of the connection is wrong. */
	redirected: anyEffect(both({ ending: 'gaveUp', calls: 1, kept: false })),
	harmless: anyEffect(both(done(1))),
} satisfies Record<string, Rules>;

/** n8n renews the token and asks once more. */
export const UNAUTHORIZED_OAUTH2: Rule = {
	once: done(2),
	'for good': { ending: 'signIn', calls: 2, kept: false },
};

/** n8n's own call for a new token, made in the middle of a look-up, which may be repeated. */
export const TOKEN_RULES: Partial<Record<FaultClass, Rule>> = {
	busy: RULES.busy.read,
	brokenBefore: REPEATED,
	brokenAfter: REPEATED,
	notConnected: REPEATED,
	refused: both({ ending: 'signIn', calls: 1, kept: false }),
	unauthorized: both({ ending: 'signIn', calls: 1, kept: false }),
	harmless: both(done(1)),
};

/** What n8n does by itself when it asks for a token: it follows redirects, and reads as much and as long as it likes. */
export const NOT_OURS: readonly string[] = [
	'redirect to another host',
	'answer of 33 MB',
	'answer in drops',
	'silence within the answer',
];

/** Where a step differs from the rule of its effect, and why. */
export interface Exception {
	troubles: readonly string[];
	because: string;
	rule: Rule;
}

const LOOKED_UP_ONE_BY_ONE: Exception = {
	troubles: ['200 with a refusal'],
	because: 'where WATI lists no contacts, each one is asked for by itself',
	rule: both(done(1)),
};

export const EXCEPTIONS: Record<string, Exception[]> = {
	'WATI count': [LOOKED_UP_ONE_BY_ONE],
	'WATI look-up by pages': [LOOKED_UP_ONE_BY_ONE],
	'WATI update': [
		{
			troubles: ['200 with a refusal'],
			because: 'WATI does not say which of the contacts it refuses, so that each half is sent by itself, down to one',
			rule: { once: done(3), 'for good': { ending: 'refused', calls: 5, kept: false } },
		},
	],
	'WATI media': [
		{
			troubles: ['JSON cut off', 'empty answer', 'web page in place of the answer'],
			because: 'something else in the place of a file is WATI saying no',
			rule: both({ ending: 'gaveUp', calls: 1 }),
		},
		{
			troubles: ['answer of 33 MB'],
			because: 'files are refused by the size that the builder allows, here 1 MB',
			rule: both({ ending: 'refused', calls: 1 }),
		},
		{
			troubles: ['answer in drops'],
			because: 'a slow download goes on as long as something comes',
			rule: both(done(1)),
		},
		{
			troubles: ['silence within the answer'],
			because: 'a file is fetched three times',
			rule: { once: done(2), 'for good': { ending: 'gaveUp', calls: 3 } },
		},
	],
	'Salesforce look-up': [
		{
			troubles: ['200 with a refusal'],
			because: 'Salesforce refuses no query under 200: something else in its place is an unusable answer',
			rule: both({ ending: 'gaveUp', calls: 1, kept: false }),
		},
	],
	'Salesforce update of one': [
		{
			troubles: ['answer in drops', 'silence within the answer'],
			because: 'Salesforce answers 204 without a body, so that there is nothing to wait for',
			rule: both(done(1)),
		},
	],
	...wawp('look-up', 2),
	...wawp('create', 3),
	...wawp('update', 3),
};

/** @param places where Wawp may want the credentials (vendors/wawp/placement.ts) */
function wawp(step: string, places: number): Record<string, Exception[]> {
	const unauthorized: Exception = {
		troubles: ['401'],
		because: 'where Wawp reads credentials is not known, so that a 401 makes the first call try the other places',
		rule: { once: done(2), 'for good': { ending: 'signIn', calls: 1, inAll: [places, places], kept: false } },
	};
	const empty: Exception = {
		troubles: ['empty answer'],
		because: 'Wawp does not say what it answers to a write, and an empty answer is a known one',
		rule: both(done(1)),
	};
	return { [`Wawp ${step}`]: step === 'look-up' ? [unauthorized] : [unauthorized, empty] };
}

/** What can go wrong. */
export interface Trouble {
	name: string;
	class: FaultClass;
	/** Not without end: it would cost much real time, and ends as others of its class do. */
	onlyOnce?: true;
	/** Left out where the vendor is not even reached. */
	fault?: (scene: Scene) => Partial<Fault>;
}

/** What a fault needs to know of the vendor. */
export interface Scene {
	/** A secret of the connection, which a careless vendor repeats in its errors. */
	secret: string;
	/** The vendor's way to say no under HTTP 200. */
	refusal: string | object;
	/** An address of somebody else. */
	stranger: string;
}

const HTML = { 'content-type': 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const page = (words: string): string => `<!DOCTYPE html><html><body><h1>${words}</h1></body></html>`;

/** More than http/answer.ts reads. */
const HUGE = `{"data":[],"padding":"${'x'.repeat(33 * 1024 * 1024)}"}`;

/** Longer than any call waits for its answer. */
const AGES_MS = 20 * 60_000;

export const TROUBLES: Trouble[] = [
	{ name: '429, wait 2 s', class: 'busy', fault: () => ({ status: 429, headers: { 'retry-after': '2' } }) },
	{
		name: '429, wait until a date',
		class: 'busy',
		fault: () => ({ status: 429, headers: { 'retry-after': new Date(Date.now() + 3_000).toUTCString() } }),
	},
	{ name: '429 without a word', class: 'busy', fault: () => ({ status: 429 }) },
	{
		name: '500 that repeats the token',
		class: 'brokenBefore',
		fault: ({ secret }) => ({ status: 500, body: { message: `No luck with Bearer ${secret}` } }),
	},
	{
		name: '502 with a web page',
		class: 'brokenBefore',
		fault: ({ secret }) => ({ status: 502, headers: HTML, body: page(`Bad Gateway ${secret}`) }),
	},
	{ name: '503', class: 'brokenBefore', fault: () => ({ status: 503, body: 'Down for maintenance' }) },
	{ name: 'connection refused', class: 'notConnected' },
	{ name: 'connection lost before', class: 'brokenBefore', fault: () => ({ drop: 'before' }) },
	{ name: 'connection lost after', class: 'brokenAfter', fault: () => ({ drop: 'after' }) },
	{ name: 'time-out after', class: 'brokenAfter', fault: () => ({ stallMs: AGES_MS }) },
	{
		name: '401',
		class: 'unauthorized',
		fault: ({ secret }) => ({
			status: 401,
			headers: { 'content-type': 'text/plain' },
			body: `Bearer ${secret} is no good`,
		}),
	},
	{ name: '200 with a refusal', class: 'refused', fault: ({ refusal }) => ({ status: 200, body: refusal }) },
	{
		name: 'JSON cut off',
		class: 'brokenAfter',
		fault: ({ secret }) => ({ answerAfter: { status: 200, headers: JSON_TYPE, body: `{"token":"${secret}","id":"6` } }),
	},
	{
		name: 'empty answer',
		class: 'brokenAfter',
		fault: () => ({ answerAfter: { status: 200, headers: JSON_TYPE, body: '' } }),
	},
	{
		name: 'web page in place of the answer',
		class: 'brokenAfter',
		fault: ({ secret }) => ({ answerAfter: { status: 200, headers: HTML, body: page(`Sign in ${secret}`) } }),
	},
	{ name: 'wrong content type', class: 'harmless', fault: () => ({ relabel: 'text/html' }) },
	{
		name: 'redirect to another host',
		class: 'redirected',
		fault: ({ stranger }) => ({ status: 307, headers: { location: stranger } }),
	},
	{
		name: 'answer of 33 MB',
		class: 'brokenAfter',
		onlyOnce: true,
		fault: () => ({ answerAfter: { status: 200, headers: JSON_TYPE, body: HUGE } }),
	},
	{ name: 'answer in drops', class: 'brokenAfter', onlyOnce: true, fault: () => ({ dripMs: 20_000 }) },
	{ name: 'silence within the answer', class: 'brokenAfter', fault: () => ({ dripMs: AGES_MS }) },
];
