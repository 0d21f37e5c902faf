import { z } from 'zod';

import { LONGEST_WORDS } from './answer';
import type { Call, Refusal } from './call';
import { RequestError } from './errors';
import type { Trouble } from './retryTable';

/** How an attempt ended that gave no usable answer. */
export class Ended {
	constructor(
		readonly trouble: Trouble,
		readonly why: string,
		readonly status?: number,
		readonly retryAfter?: number,
	) {}
}

export function cancelled(): RequestError {
	return new RequestError('cancelled', 'The workflow was stopped', { description: 'Nothing further was sent.' });
}

const spoken = z.object({ message: z.string() });

/** The vendor's own words about a trouble of its server. */
export function said(refusal: Refusal): string {
	const parsed = z
		.union([spoken, z.array(spoken).transform(([first]) => first ?? { message: '' })])
		.safeParse(refusal.json);
	return parsed.success ? parsed.data.message.slice(0, LONGEST_WORDS) : refusal.text;
}

const HAPPENED: Record<Trouble, (ended: Ended) => string> = {
	tooManyRequests: () => 'refused the call as one too many',
	serverError: (ended) => `answered with status ${ended.status ?? 500}`,
	timeout: () => 'did not answer in time',
	lost: () => 'ended the connection before it answered',
	badAnswer: (ended) => `gave an answer that can't be read: ${ended.why}`,
	notConnected: () => 'could not be reached',
};

export function outcomeUnknown(call: Call, ended: Ended, service: string): RequestError {
	return new RequestError(
		'outcomeUnknown',
		`${service} ${HAPPENED[ended.trouble](ended)}, so it is not known whether it did ${call.purpose}`,
		{
			status: ended.status,
			description: `${words(ended, service)}It was not sent again, so that nothing happens twice. ${call.findOut ?? `Look in ${service} whether it was done before you run this item again.`}`,
		},
	);
}

export function givenUp(call: Call, ended: Ended, service: string, attempts: number): RequestError {
	const kind = { notConnected: 'notReached', badAnswer: 'badAnswer' } as const;
	return new RequestError(
		ended.trouble === 'notConnected' || ended.trouble === 'badAnswer' ? kind[ended.trouble] : 'unavailable',
		`${service} ${HAPPENED[ended.trouble](ended)} when asked to ${call.purpose}`,
		{
			status: ended.status,
			retryAfterMs: ended.retryAfter,
			description: [
				`${words(ended, service)}It was tried ${attempts === 1 ? 'once' : `${attempts} times`}.`,
				ended.trouble === 'notConnected'
					? 'Check the address in the connection, and that this n8n can reach it.'
					: later(ended.retryAfter),
			].join(' '),
		},
	);
}

/** What the vendor said, as a sentence with a blank behind it; empty where it said nothing. */
function words(ended: Ended, service: string): string {
	return ended.trouble === 'serverError' && ended.why !== ''
		? `${service} said: ${ended.why.replace(/\.$/, '')}. `
		: '';
}

function later(retryAfter: number | undefined): string {
	if (retryAfter === undefined) return 'Run this item again later.';
	return `Run this item again in ${Math.ceil(retryAfter / 1000)} seconds or later.`;
}

export function refusedTooLong(call: Call, ended: Ended, service: string): RequestError {
	return new RequestError('rateLimited', `${service} kept refusing to ${call.purpose}: too many calls`, {
		status: ended.status,
		retryAfterMs: ended.retryAfter,
		description: `It was tried again and again for a while. ${later(ended.retryAfter)}`,
	});
}

export function redirected(service: string, status: number): RequestError {
	return new RequestError('badAnswer', `${service} sent the call on to another address, which is not followed`, {
		status,
		description:
			'The access token only ever goes to the address of the connection. Check the address in the connection.',
	});
}
