import { z } from 'zod';

import type { Refusal } from '../../http/call';
import { RequestError, type RequestErrorKind, sentence } from '../../http/errors';
import { entryOf } from '../shared/entry';
import { wordsIn } from './words';

/** Body of 400, 403 and 500 (WATI OpenAPI v3); 401 and 429 have no schema and may be plain text or empty. */
const watiError = z.object({
	code: z.union([z.number(), z.string()]).nullish().catch(undefined),
});

/** Codes of WATI and of Meta that came back from WATI, and what to do about them (apis/wati.md, section 3). */
export const ADVICE_BY_CODE: Record<string, string> = {
	'5004':
		'The media file is no longer there. WhatsApp keeps media for a limited time: fetch it when the message comes in.',
	'131026': 'The number has no WhatsApp, or has not accepted its latest terms. Check the number.',
	'131030': 'The number is not on the list of allowed test recipients.',
	'131031': 'The WhatsApp account is locked. Look in Meta Business Manager.',
	'131037': 'The display name of the sending number has to be approved first.',
	'131042': 'There is a payment issue with the WhatsApp account. Look in Meta Business Manager.',
	'131045': 'The sending number is not registered correctly. Look in WATI under Channels.',
	'131047':
		'More than 24 hours have passed since the contact last wrote. Send an approved template instead (Template > Send).',
	'131048': 'Too many messages of this number were reported as spam. Wait before sending more.',
	'131049':
		'Meta chose not to deliver this message to keep the number of marketing messages low. Do not send it again at once.',
	'131056': 'Too many messages were sent to this contact in a short time. Wait before sending more.',
	'130429': 'The sending number has reached its rate. Send more slowly.',
};

export const BY_STATUS: Record<number, { kind: RequestErrorKind; headline: string; advice: string }> = {
	401: {
		kind: 'unauthorized',
		headline: "WATI doesn't accept the access token",
		advice:
			'Create a token in WATI under Connector > API > API Tokens and paste it into the connection. If the token is new, check that the API Endpoint belongs to the same account; some functions also need a paid plan.',
	},
	403: {
		kind: 'forbidden',
		headline: 'The access token has no permission for this',
		advice:
			'Give the token the permission (scope) in WATI under Connector > API > API Tokens, or check that your plan and role include this function.',
	},
	404: {
		kind: 'notFound',
		headline: "WATI doesn't know this",
		advice: 'Check the value that names it, and that the API Endpoint of the connection is the one that WATI shows.',
	},
	409: {
		kind: 'refused',
		headline: 'The contact has several open conversations',
		advice: 'Say which channel is meant: choose "Channel and Phone" as the target.',
	},
};

/** What WATI's refusal means for the builder. */
export function explainWatiRefusal(refusal: Refusal): RequestError {
	const parsed = watiError.safeParse(refusal.json);
	const body = parsed.success ? parsed.data : {};
	const reason = wordsIn(refusal.json) ?? refusal.text;
	const code = body.code === null || body.code === undefined ? undefined : String(body.code);
	const known = BY_STATUS[refusal.status];
	const headline =
		known?.headline ??
		(reason ? `WATI refused to ${refusal.purpose}: ${reason}` : `WATI refused to ${refusal.purpose}`);
	const details = known && reason ? [`WATI said: ${sentence(reason)}`] : [];
	return new RequestError(known?.kind ?? 'refused', headline, {
		status: refusal.status,
		code,
		description: [...details, adviceFor(code, reason) ?? known?.advice ?? 'Check the values of this item.'].join(' '),
	});
}

/** A refusal inside HTTP 200 (`result:false`, `success:false`, `message.status:"failed"`, a recipient's errors). */
export function refusedInSuccess(purpose: string, reason: string | null | undefined, hint?: string): RequestError {
	const said = reason?.trim() ? reason.trim() : undefined;
	const code = said && /\b(1[03]\d{4}|5004)\b/.exec(said)?.[0];
	return new RequestError(
		'refused',
		said ? `WATI refused to ${purpose}: ${said}` : `WATI refused to ${purpose} without saying why`,
		{
			status: 200,
			code,
			description: adviceFor(code, said) ?? hint ?? 'Check the values of this item in WATI.',
		},
	);
}

function adviceFor(code: string | undefined, reason: string | undefined): string | undefined {
	const byCode = entryOf(ADVICE_BY_CODE, code ?? '');
	if (byCode !== undefined) return byCode;
	const inReason = reason && /\b(1[03]\d{4})\b/.exec(reason)?.[0];
	if (inReason && ADVICE_BY_CODE[inReason]) return ADVICE_BY_CODE[inReason];
	if (reason && /24.?h(ou)?r|session.*(expired|window|not active)|re-?engagement/i.test(reason))
		return ADVICE_BY_CODE['131047'];
	return undefined;
}
