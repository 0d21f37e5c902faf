import { z } from 'zod';

import type { Refusal } from '../../http/call';
import { RequestError, type RequestErrorKind } from '../../http/errors';
import { entryOf } from '../shared/entry';

/** Zoho's envelope, of a whole request as of one row (crm-oas v8.0, record.json API_Exception). */
const refused = z.object({
	code: z.string(),
	message: z.string().catch(''),
	details: z.record(z.unknown()).catch({}),
	status: z.string().nullish().catch(undefined),
});

const rowsRefused = z.object({ data: z.array(z.record(z.unknown())).min(1) });

interface Explanation {
	kind: RequestErrorKind;
	headline: string;
	advice: string;
}

const UNKNOWN_TOKEN: Explanation = {
	kind: 'unauthorized',
	headline: "Zoho doesn't accept the access token",
	advice: 'Open the Zoho CRM connection and connect it again.',
};

/** What Zoho's codes for whole requests mean (B5, B6). */
export const BY_CODE: Record<string, Explanation> = {
	INVALID_TOKEN: UNKNOWN_TOKEN,
	INVALID_OAUTHTOKEN: UNKNOWN_TOKEN,
	AUTHENTICATION_FAILURE: UNKNOWN_TOKEN,
	OAUTH_SCOPE_MISMATCH: {
		kind: 'forbidden',
		headline: 'The Zoho CRM connection has no permission for this',
		advice: 'Open the connection and connect it again.',
	},
	NO_PERMISSION: {
		kind: 'forbidden',
		headline: 'The Zoho user of the connection has no permission for this',
		advice:
			'Give the profile of the user access to the module Contacts and to the API, in Zoho under Setup > Security Control.',
	},
	INVALID_MODULE: {
		kind: 'notFound',
		headline: 'This Zoho account has no module Contacts',
		advice: 'Check that the connected user may see the module Contacts.',
	},
	API_NOT_SUPPORTED: {
		kind: 'refused',
		headline: 'Zoho CRM no longer offers this version of its API',
		advice: 'Update the package n8n-nodes-whatsapp-crm.',
	},
	LIMIT_EXCEEDED: {
		kind: 'quotaUsedUp',
		headline: "Zoho CRM's limit is reached",
		advice: 'Look at the API usage in Zoho under Setup > Developer Hub > APIs and SDKs, and run the items again later.',
	},
	INVALID_QUERY: {
		kind: 'refused',
		headline: 'Zoho CRM could not look the contacts up',
		advice: 'Check that every mapped field still exists in Zoho: refresh the field list in the node.',
	},
};

export const BY_STATUS: Record<number, Explanation> = {
	401: UNKNOWN_TOKEN,
	403: BY_CODE.NO_PERMISSION ?? UNKNOWN_TOKEN,
	404: {
		kind: 'notFound',
		headline: "Zoho CRM doesn't know this address",
		advice: 'Check Data Center in the connection and connect it again.',
	},
};

/** What Zoho's refusal of a whole request means for the builder; refusals of single rows are rowProblem.ts's. */
export function explainZohoRefusal(refusal: Refusal): RequestError {
	const parsed = refused.safeParse(refusal.json);
	const said = parsed.success ? parsed.data.message : refusal.text;
	const code = parsed.success ? parsed.data.code : undefined;
	const known = (code === undefined ? undefined : entryOf(BY_CODE, code)) ?? BY_STATUS[refusal.status];
	const column = parsed.success ? parsed.data.details.column_name : undefined;
	return new RequestError(known?.kind ?? 'refused', known?.headline ?? `Zoho CRM refused to ${refusal.purpose}`, {
		status: refusal.status,
		code,
		field: typeof column === 'string' ? column : undefined,
		description: [
			...(said ? [`Zoho CRM said: ${said}${code ? ` (${code})` : ''}.`] : code ? [`Zoho CRM said: ${code}.`] : []),
			known?.advice ?? 'Check the values of these items.',
		].join(' '),
	});
}

/** Whether an answer with a good status is a refusal of the whole request. */
export function wholeRefusal(json: unknown): boolean {
	const parsed = refused.safeParse(json);
	return parsed.success && parsed.data.status === 'error';
}

/** Zoho names its rate limit by a code; with which status was not found (B8), so that the code alone counts. */
export function isZohoRateLimit(refusal: Refusal): boolean {
	const rows = rowsRefused.safeParse(refusal.json);
	const codes = rows.success ? rows.data.data : [refusal.json];
	return codes.every((row) => {
		const parsed = refused.safeParse(row);
		return parsed.success && parsed.data.code === 'TOO_MANY_REQUESTS';
	});
}
