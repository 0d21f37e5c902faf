import type { IBinaryData, IWebhookFunctions } from 'n8n-workflow';

import { asError, InputProblem, RequestError } from '../../http/errors';
import { fetchMedia } from '../../vendors/wati/media';
import { openWati } from '../shared/wati/connection';
import type { DeliveredEvent } from './delivered';
import { mediaUrlOf } from './output';

export type Media = { binary: IBinaryData } | { mediaError: string };

export function hasMedia({ fields }: DeliveredEvent): boolean {
	return mediaUrlOf(fields) !== undefined;
}

/**
 * The file of a message, by the message's id from the connection's own host: the address in the event is never opened, so that the
 * token goes nowhere else, whoever wrote the event. An event whose file is said to be on another host is not of this account.
 * A file that can't be had never costs the event: then there is the reason in its place.
 * @param largest bytes.
 */
export async function downloadMedia(
	context: IWebhookFunctions,
	{ fields }: DeliveredEvent,
	largest: number,
): Promise<Media> {
	try {
		const { client, connection } = await openWati(context);
		refuseForeign(mediaUrlOf(fields), connection.origin);
		const { saved } = await fetchMedia(
			client,
			fields.id,
			async ({ content, fileName, mimeType }) => await context.helpers.prepareBinaryData(content, fileName, mimeType),
			{ bytes: largest, field: 'Max File Size (MB)' },
		);
		return { binary: saved };
	} catch (thrown) {
		return { mediaError: reasonOf(asError(thrown)) };
	}
}

/** A path without a host is one of the account's own. */
function refuseForeign(mediaUrl: string | undefined, origin: string): void {
	if (mediaUrl === undefined || !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(mediaUrl)) return;
	const url = URL.canParse(mediaUrl, origin) ? new URL(mediaUrl, origin) : undefined;
	if (url?.origin === origin) return;
	throw new InputProblem('The file is not on the host of the connection, so it was not downloaded', {
		field: 'Download Media',
		found: url?.host,
		expected: `a file on ${new URL(origin).host}`,
	});
}

function reasonOf(error: Error): string {
	const explained = error instanceof InputProblem || error instanceof RequestError;
	return explained && error.description ? `${error.message}. ${error.description}` : error.message;
}
