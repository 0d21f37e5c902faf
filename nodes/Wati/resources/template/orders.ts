import { createHash } from 'node:crypto';

import { asError } from '../../../../http/errors';
import { requiredText } from '../../../../vendors/shared/checks';
import { checkParameters } from '../../../../vendors/wati/parameters';
import { readRecipients } from '../../../../vendors/wati/recipients';
import type { TemplateBroadcast, TemplateRecipient } from '../../../../vendors/wati/templateSends';
import { currentNode } from '../../../shared/currentNode';
import type { ItemParameters } from '../../../shared/itemParameters';
import { readChannel } from '../../shared/channel';
import type { WatiSession } from '../../shared/session';
import { readTarget } from '../../shared/target';
import { readTemplateParameters } from './givenParameters';
import { FIELD } from './parameterFields';

/** One message to one recipient, ready to be sent. */
export interface Order {
	itemIndex: number;
	broadcast: TemplateBroadcast;
	recipient: TemplateRecipient;
	/** "Recipient 3" where an item has several, for messages. */
	label?: string;
}

/** Why an item, or one recipient of it, is not sent to. */
export interface BadOrder {
	itemIndex: number;
	error: Error;
}

export interface OrderReader {
	session: WatiSession;
	/** Names the template wants by the live account; `undefined` when they can't be found out. */
	wantedBy(broadcast: TemplateBroadcast): Promise<string[] | undefined>;
	/** The time of a scheduled send; absent for sending at once. */
	scheduledAt?(item: ItemParameters): string;
	/** How often the node ran before in this execution. */
	runIndex: number;
}

/** What an item asks for: one order, or one for each recipient of its list. Nothing is sent. */
export async function readOrders(reader: OrderReader, item: ItemParameters): Promise<Array<Order | BadOrder>> {
	try {
		const broadcast = readBroadcast(reader, item);
		return item.get('sendTo') === 'several'
			? await readSeveral(reader, item, broadcast)
			: [await readOne(reader, item, broadcast)];
	} catch (thrown) {
		return [{ itemIndex: item.index, error: asError(thrown) }];
	}
}

function readBroadcast(reader: OrderReader, item: ItemParameters): TemplateBroadcast {
	return {
		templateName: requiredText(item.locator('template', 'name').value, 'Template').trim(),
		broadcastName: requiredText(item.get('broadcastName'), 'Broadcast Name').trim(),
		channel: readChannel(item),
		scheduledAt: reader.scheduledAt?.(item),
	};
}

async function readOne(reader: OrderReader, item: ItemParameters, broadcast: TemplateBroadcast): Promise<Order> {
	const { mode, value } = readTarget(reader.session, item, 'recipient');
	const given = readTemplateParameters(item);
	const checked = checkParameters(given.values, given.wanted, FIELD);
	const parameters =
		item.get('specifyParameters') === 'json'
			? checkParameters(checked, await reader.wantedBy(broadcast), FIELD)
			: checked;
	return {
		itemIndex: item.index,
		broadcast,
		recipient: {
			address: mode === 'phone' ? { phoneNumber: value } : { target: value },
			localMessageId: localMessageId(reader, item, 0),
			parameters,
		},
	};
}

async function readSeveral(
	reader: OrderReader,
	item: ItemParameters,
	broadcast: TemplateBroadcast,
): Promise<Array<Order | BadOrder>> {
	const list = readRecipients(
		item.json('recipients', 'Recipients', '[{"phone": "+14155552671"}]'),
		reader.session.readPhone,
		item.optionText('defaultCountry'),
	);
	const orders: Array<Order | BadOrder> = [];
	for (const [index, read] of list.entries()) orders.push(await orderOf(reader, item, broadcast, { index, read }));
	return orders;
}

/** What is empty is refused before the account is asked what the template wants. */
async function orderOf(
	reader: OrderReader,
	item: ItemParameters,
	broadcast: TemplateBroadcast,
	{ index, read }: { index: number; read: ReturnType<typeof readRecipients>[number] },
): Promise<Order | BadOrder> {
	const label = `Recipient ${index + 1}`;
	const itemIndex = item.index;
	try {
		if ('error' in read) throw read.error;
		checkParameters(read.parameters, undefined, label);
		const parameters = checkParameters(read.parameters, await reader.wantedBy(broadcast), label);
		const id = read.localMessageId ?? localMessageId(reader, item, index);
		return { itemIndex, broadcast, recipient: { address: read.address, localMessageId: id, parameters }, label };
	} catch (thrown) {
		return { itemIndex, error: asError(thrown) };
	}
}

/**
 * The same message gets the same id when n8n tries the node again, another one in every other run; in the form of a UUID.
 * WATI's webhooks name it, so that an answer can be traced to its item.
 */
function localMessageId({ runIndex }: OrderReader, { n8n, index }: ItemParameters, recipient: number): string {
	const parts = [n8n.getWorkflow().id, n8n.getExecutionId(), currentNode(n8n).id, runIndex, index, recipient];
	const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
	return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
