import { z } from 'zod';

import type { Refusal } from '../../http/call';
import { RequestError, type RequestErrorKind } from '../../http/errors';
import { entryOf } from '../shared/entry';

/** Wawp's envelope `{code, message}`, or the words of the engine below it (C5). */
const refused = z.object({
	code: z.union([z.string(), z.number()]).transform(String).nullish().catch(undefined),
	/** The engine lists what it refuses in a body. */
	message: z
		.union([z.string(), z.array(z.string()).transform((all) => all.join(', '))])
		.nullish()
		.catch(undefined),
	error: z.string().nullish().catch(undefined),
	/** State of the session, in a refusal by the engine. */
	status: z.string().nullish().catch(undefined),
	success: z.boolean().nullish().catch(undefined),
});

/** The code of an error that is about the session: no call works until it is mended. */
export const SESSION = 'invalid_session';

/** What to do in each state of a session (C4) but WORKING. */
export const STATES: Record<string, string> = {
	STOPPED: 'The session is stopped. Open the instance in Wawp and start it.',
	STARTING: 'The session is starting. Wait a minute, then run the items again.',
	SCAN_QR_CODE:
		'The session waits for its phone. Open the instance in Wawp, then scan the QR code with WhatsApp on the phone, under Linked devices.',
	FAILED:
		'The session has failed. Restart the instance in Wawp, and scan the QR code with WhatsApp on the phone if it asks for it.',
};

const ANY_STATE =
	'Open the instance in Wawp, start it if it is stopped, and scan the QR code with WhatsApp on the phone (Linked devices) if it asks for it.';

/** What a session that is not WORKING needs, as a sentence or two. */
export function sessionAdvice(state: string | undefined): string {
	return entryOf(STATES, state ?? '') ?? `${state ? `The session is in the state ${state}. ` : ''}${ANY_STATE}`;
}

interface Explanation {
	kind: RequestErrorKind;
	headline: string;
	advice: string;
}

export const BY_STATUS: Record<number, Explanation> = {
	401: {
		kind: 'unauthorized',
		headline: "Wawp doesn't accept the access token",
		advice: 'Copy the Access Token and the Instance ID from Wawp again, and paste them into the connection.',
	},
	403: {
		kind: 'forbidden',
		headline: 'Wawp does not allow this',
		advice: 'Look in Wawp whether the quota of the plan is used up, and whether the token may use this instance.',
	},
	404: {
		kind: 'notFound',
		headline: "Wawp doesn't know this address",
		advice: 'Check the API Endpoint of the connection.',
	},
};

/** What Wawp's refusal means for the builder. Some come with a good status (C5), so the code goes before the status. */
export function explainWawpRefusal(refusal: Refusal): RequestError {
	const parsed = refused.safeParse(refusal.json);
	const body = parsed.success ? parsed.data : {};
	const said = body.message ?? body.error ?? refusal.text;
	const state = body.status && entryOf(STATES, body.status) ? body.status : undefined;
	// The engine calls a session that it doesn't know "Session not found", without a code (C5).
	const isSession =
		body.code === SESSION || refusal.status === 422 || (refusal.status === 404 && /session/i.test(said));
	if (isSession || state) return noSession(refusal.status, state, said);
	const known = BY_STATUS[refusal.status];
	const headline = known?.headline ?? `Wawp refused to ${refusal.purpose}${said ? `: ${said}` : ''}`;
	return new RequestError(known?.kind ?? 'refused', headline, {
		status: refusal.status,
		code: body.code ?? undefined,
		description: [
			...(known && said ? [`Wawp said: ${said}.`] : []),
			known?.advice ?? 'Check the values of this item.',
		].join(' '),
	});
}

function noSession(status: number, state: string | undefined, said: string): RequestError {
	return new RequestError('refused', "The instance's WhatsApp session is not working", {
		status,
		code: SESSION,
		description: `${sessionAdvice(state)}${said ? ` Wawp said: ${said}.` : ''}`,
	});
}

/** Codes of answers that are no refusal. */
const GOOD_CODE = /^(success|ok|200)$/i;

/** Whether an answer with a good status says no: a `code` other than success, an `error`, or `success: false` (C5). */
export function isRefusal(json: unknown): boolean {
	const parsed = refused.safeParse(json);
	if (!parsed.success) return false;
	const { code, error, success } = parsed.data;
	return (typeof code === 'string' && !GOOD_CODE.test(code)) || typeof error === 'string' || success === false;
}

/** Whether Wawp did not find the credentials, or didn't take them, where the call had them: it has done nothing then. */
export function isAboutCredentials(error: RequestError): boolean {
	if (error.kind === 'unauthorized') return true;
	return error.kind === 'refused' && /access_token|instance_id/i.test(`${error.message} ${error.description ?? ''}`);
}
