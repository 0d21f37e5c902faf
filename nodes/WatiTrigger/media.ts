import type { IBinaryData, IWebhookFunctions } from 'n8n-workflow';

import { asError, InputProblem, RequestError } from '../../http/errors';
import { fetchMedia } from '../../vendors/wati/media';
import { openConnection } from './connection';
import type { DeliveredEvent } from './delivered';
import { mediaUrlOf } from './output';

export type Media = { binary: IBinaryData } | { mediaError: string };

export function hasMedia({ fields }: DeliveredEvent): boolean {
	return mediaUrlOf(fields) !== undefined;
}

/**
 * The file of a message. It is asked for by the message's id at the connection's own host: the address in the event is never opened,
 * so that the token goes nowhere else, whoever wrote the event.
 * A file that can't be had never costs the event: then there is the reason in its place.
 * @param largest bytes.
 */
export async function downloadMedia(
	context: IWebhookFunctions,
	{ fields }: DeliveredEvent,
	largest: number,
): Promise<Media> {
	try {
		const { client, connection } = await openConnection(context);
		refuseForeign(mediaUrlOf(fields), connection.origin);
		const { saved } = await fetchMedia(
			client,
			fields.id,
			async ({ content, fileName, mimeType }) =>
				await context.helpers.prepareBinaryData(content, nameOf(fields) ?? fileName, mimeType),
			{ bytes: largest, field: 'Max Media Size' },
		);
		return { binary: saved };
	} catch (thrown) {
		return { mediaError: reasonOf(asError(thrown)) };
	}
}
