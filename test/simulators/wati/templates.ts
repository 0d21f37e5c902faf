import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { scopes } from './access';
import type { Broadcast, BroadcastRecipient, Channel, Contact, Template } from './records';
import { badRequest, type Refusal } from './refusal';
import { channelNamed, findContact, parseTarget, unknown } from './targets';
import { namedValues, noQuery, pageFields, pageOf, parse, phoneDigits, requiredText } from './validation';
import { templateDto } from './templateDto';
import { param, type Call, type Route, type World } from './world';

const recipient = z
	.object({
		phone_number: z.string().nullable().optional(),
		target: z.string().nullable().optional(),
		local_message_id: z.string().nullable().optional(),
		custom_params: namedValues,
	})
	.strict()
	.refine(({ phone_number, target }) => !!phone_number || !!target, 'phone_number or target is required');

const sendFields = {
	channel: z.string().nullable().optional(),
	template_name: requiredText,
	broadcast_name: requiredText,
	recipients: z.array(recipient).min(1).max(10_000),
};
const sendBody = z.object(sendFields).strict();
/** UTC, so with a `Z` (section 6.12). */
const scheduleBody = z.object({ ...sendFields, scheduled_at: z.string().datetime() }).strict();
const listQuery = z.object({ ...pageFields, channel: z.string().optional() }).strict();

type Recipient = z.output<typeof recipient>;
type Order = z.output<typeof sendBody>;

export const templateRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/ext/v3/messageTemplates',
		scopes: scopes.assumed.readTemplates,
		body: 'none',
		handle: ({ world, query }) => {
			const { channel, ...page } = parse(listQuery, query);
			const number = channel === undefined ? null : channelNamed(world, channel).number;
			const templates = [...world.account.templates.values()].filter(
				({ channelNumber }) => number === null || channelNumber === null || channelNumber === number,
			);
			return { templates: pageOf(templates, page).map(templateDto), ...page, total: templates.length };
		},
	},
	{
		method: 'GET',
		path: '/api/ext/v3/messageTemplates/:template_id',
		scopes: scopes.assumed.readTemplates,
		body: 'none',
		handle: (call) => {
			parse(noQuery, call.query);
			const template = call.world.account.templates.get(param(call, 'template_id'));
			if (!template) throw unknown(call.world, 'Template');
			return templateDto(template);
		},
	},
	{
		method: 'POST',
		path: '/api/ext/v3/messageTemplates/send',
		scopes: scopes.sendTemplate,
		body: 'json',
		handle: ({ world, body }: Call) => accept(world, parse(sendBody, body), undefined),
	},
	{
		method: 'POST',
		path: '/api/ext/v3/messageTemplates/schedule',
		scopes: scopes.sendTemplate,
		body: 'json',
		handle: ({ world, body }: Call) => {
			const { scheduled_at, ...order } = parse(scheduleBody, body);
			const at = new Date(scheduled_at);
			if (at < world.account.now() && world.behaviour.pastSchedule === 'refuse') {
				throw badRequest('scheduled_at: is in the past');
			}
			return accept(world, order, at);
		},
	},
];

/** Makes the broadcast and answers for each recipient; nothing here is idempotent (section 3). */
function accept(world: World, order: Order, scheduledAt: Date | undefined): unknown {
	const { account } = world;
	const templates = [...account.templates.values()].filter(({ name }) => name === order.template_name);
	if (templates.length === 0) throw badRequest('Template not found');
	const channel = typeof order.channel === 'string' ? account.channel(order.channel) : account.defaultChannel;
	if (!channel) return refuseWhole(world, badRequest('Channel not found'));
	const template = templates.find(({ status }) => status === 'APPROVED');
	if (!template) return refuseWhole(world, badRequest('The template is not approved'));
	const broadcast = account.addBroadcast({
		name: order.broadcast_name,
		templateId: template.id,
		channel,
		...(scheduledAt && { status: 'scheduled', scheduledAt }),
	});
	const answers = order.recipients.flatMap((asked) => {
		const answer = acceptRecipient(world, broadcast, template, asked);
		return answer ? [answer] : [];
	});
	return { success: true, broadcast_id: broadcast.id, error: null, recipients: answers };
}

function refuseWhole({ behaviour }: World, refusal: Refusal): unknown {
	if (behaviour.templateRefusal === '400') throw refusal;
	return { success: false, broadcast_id: null, error: refusal.message, recipients: null };
}

function acceptRecipient(world: World, broadcast: Broadcast, template: Template, asked: Recipient): unknown {
	const { account } = world;
	const localMessageId = asked.local_message_id ?? randomUUID();
	const found = contactOf(world, asked);
	const phone = typeof found === 'string' ? (asked.phone_number ?? null) : found.phone;
	if (phone && account.omitted.has(phone)) return undefined;
	const refused = typeof found === 'string' ? found : whyRefused(world, found);
	if (!refused && typeof found !== 'string') enqueue(world, broadcast, template, found, localMessageId, asked);
	return {
		local_message_id: localMessageId,
		phone_number: phone,
		target: asked.target ?? phone,
		errors: refused ? [refused] : [],
	};
}

/** The contact, made when the number is new (section 4), or why there is none. The number counts when both fields are sent. */
function contactOf(world: World, { phone_number: phone, target }: Recipient): Contact | string {
	if (phone) {
		if (!phoneDigits.test(phone)) return 'Invalid phone number';
		return world.account.contactByPhone(phone) ?? world.account.addContact({ phone });
	}
	try {
		const parsed = parseTarget(world, target ?? '');
		if (parsed.channel) return 'Invalid target';
		const known = findContact(world, parsed);
		if (known) return known;
		return parsed.kind === 'phone' ? world.account.addContact({ phone: parsed.value }) : 'Contact not found';
	} catch {
		return 'Invalid target';
	}
}

function whyRefused({ account }: World, { phone, allowBroadcast }: Contact): string | undefined {
	const code = account.unreachable.get(phone ?? '');
	if (code) return `${code}: WhatsApp could not deliver to this number`;
	return allowBroadcast ? undefined : 'The contact does not allow broadcasts';
}

function enqueue(
	world: World,
	broadcast: Broadcast,
	template: Template,
	contact: Contact,
	localMessageId: string,
	asked: Recipient,
): void {
	const { account } = world;
	const customParams = asked.custom_params ?? [];
	const text = render(template, customParams);
	const sent =
		broadcast.status === 'scheduled'
			? undefined
			: account.addMessage(conversationFor(world, contact, broadcast.channel), {
					eventType: 'broadcastMessage',
					type: null,
					owner: null,
					finalText: text,
					localMessageId,
					request: asked,
				});
	const accepted: BroadcastRecipient = {
		id: account.newId('c1'),
		contactId: contact.id,
		contactName: contact.name,
		phone: contact.phone,
		bsuid: contact.bsuid,
		status: sent ? 'SENT' : 'PENDING',
		failedCode: null,
		localMessageId,
		messageId: sent?.id ?? null,
		customParams,
		text,
		created: account.now(),
	};
	broadcast.recipients.push(accepted);
	if (sent) world.emit('templateMessageSent', sent);
}

const conversationFor = ({ account }: World, contact: Contact, channel: Channel) =>
	account.conversationsOf(contact, channel).at(-1) ?? account.addConversation(contact, { channel, windowOpen: false });

/** A parameter that is not given by its name stays blank (section 6.11). */
function render({ body, parameters }: Template, given: Array<{ name: string; value: string }>): string {
	return parameters.reduce(
		(text, { name }) => text.replaceAll(`{{${name}}}`, given.find((value) => value.name === name)?.value ?? ''),
		body,
	);
}
