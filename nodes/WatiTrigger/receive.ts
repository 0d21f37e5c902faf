import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { mapConcurrently } from '../../http/concurrency';
import { readAddress } from './address';
import { readBody } from './body';
import { SeenEvents } from './deduplicate';
import type { DeliveredEvent } from './delivered';
import { isWanted } from './filter';
import { downloadMedia, hasMedia } from './media';
import { simplify } from './output';
import { knowsOneOf, knowsSecret } from './secret';
import { readSettings, type TriggerSettings } from './settings';
import { acceptedDigests, readState, seenEvents, storeSeen } from './state';

/**
 * The same answer for every request: 200 with nothing in it. Who guesses or sends rubbish can't tell it from success; and WATI,
 * which tries again up to 144 times whatever is answered otherwise and then gives the webhook up, has no reason to: nothing that is
 * ignored here would be taken the next time. (A body that is no JSON does not get this far: n8n answers it with 422.)
 */
const NOTHING: IWebhookResponseData = { webhookResponse: '' };

/** How many files of one request are downloaded at the same time. */
const DOWNLOADS = 3;

/** Takes a request: each event of it that is genuine, wanted and new becomes an item. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const settings = readSettings(context);
	const request: unknown = context.getRequestObject();
	const address = readAddress(request, settings.registration);
	const isKnown =
		settings.registration === 'manual'
			? knowsSecret(address.secret, settings.typedSecret)
			: knowsOneOf(address.secret, acceptedDigests(readState(context)));
	if (!isKnown) return ignored(context, 'it does not know the secret');
	const events = readBody(request, context.getBodyData());
	if (!events) return ignored(context, 'it is too large or holds no event of WATI');
	const wanted = events.filter((event) => isWanted(event, settings, address.channel));
	const fresh = takeNew(context, wanted);
	if (fresh.length === 0) return NOTHING;
	return await start(context, settings, fresh, address.channel);
}

function ignored(context: IWebhookFunctions, why: string): IWebhookResponseData {
	context.logger.warn(`A request to "${context.getNode().name}" was ignored: ${why}.`, {
		workflowId: context.getWorkflow().id,
	});
	return NOTHING;
}

/** While a workflow is tested in the editor, the same event may be sent as often as one likes. */
function takeNew(context: IWebhookFunctions, events: readonly DeliveredEvent[]): DeliveredEvent[] {
	if (context.getMode() === 'manual') return new SeenEvents().take(events);
	const seen = seenEvents(context);
	const fresh = seen.take(events);
	if (fresh.length === 0) return [];
	void storeSeen(context, seen);
	const response: Answering = context.getResponseObject();
	response.once('close', () => {
		// n8n could not start the workflow and said so: WATI tries again, and then it must count.
		if (response.statusCode >= 500) seen.release(fresh);
	});
	return fresh;
}

/** What is used of n8n's response object. */
interface Answering {
	statusCode: number;
	status(code: number): Answering;
	end(): unknown;
	once(event: 'close', listener: () => void): unknown;
}

/** WATI is answered by n8n as soon as the run is stored; before that where files have to be downloaded, which may take minutes. */
async function start(
	context: IWebhookFunctions,
	settings: TriggerSettings,
	events: readonly DeliveredEvent[],
	channel: string | undefined,
): Promise<IWebhookResponseData> {
	const isSlow = settings.downloadMedia && events.some(hasMedia);
	if (isSlow) {
		const response: Answering = context.getResponseObject();
		response.status(200).end();
	}
	const items = await mapConcurrently(
		events,
		DOWNLOADS,
		async (event) => await toItem(context, settings, event, channel),
	);
	return isSlow ? { noWebhookResponse: true, workflowData: [items] } : { ...NOTHING, workflowData: [items] };
}

async function toItem(
	context: IWebhookFunctions,
	settings: TriggerSettings,
	event: DeliveredEvent,
	channel: string | undefined,
): Promise<INodeExecutionData> {
	const json = (settings.simplify ? simplify(event, channel) : event.raw) as IDataObject;
	if (!settings.downloadMedia || !hasMedia(event)) return { json };
	const media = await downloadMedia(context, event, settings.largestMedia);
	return 'binary' in media
		? { json, binary: { data: media.binary } }
		: { json: { ...json, mediaError: media.mediaError } };
}
