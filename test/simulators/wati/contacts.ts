import { z } from 'zod';

import { scopes, Unauthorized } from './access';
import type { Contact } from './records';
import { badRequest } from './refusal';
import { contactAt, findContact, parseTarget, unknown } from './targets';
import { anyDate, namedValues, noQuery, pageOf, pageQuery, parse, phoneDigits, requiredText } from './validation';
import { param, type Call, type Route, type World } from './world';

const createBody = z
	.object({
		whatsapp_number: z.string().regex(phoneDigits, 'must be digits with country code'),
		name: requiredText,
		custom_params: namedValues,
	})
	.strict();

const updateBody = z
	.object({
		contacts: z
			.array(z.object({ target: requiredText, customParams: namedValues }).strict())
			.min(1)
			.max(100),
	})
	.strict();

const teamsBody = z.object({ target: requiredText, teams: z.array(z.string()) }).strict();
const countQuery = z.object({ date_from: anyDate.optional(), date_to: anyDate.optional() }).strict();

export const contactRoutes: Route[] = [
	{ method: 'POST', path: '/api/ext/v3/contacts', scopes: scopes.createContact, body: 'json', handle: create },
	{ method: 'PUT', path: '/api/ext/v3/contacts', scopes: scopes.updateContacts, body: 'json', handle: update },
	{ method: 'PUT', path: '/api/ext/v3/contacts/teams', scopes: scopes.assignTeams, body: 'json', handle: assignTeams },
	{
		method: 'GET',
		path: '/api/ext/v3/contacts',
		scopes: scopes.assumed.readContacts,
		body: 'none',
		handle: ({ world, query }) => {
			const page = parse(pageQuery, query);
			return { contact_list: pageOf(world.account.contacts.values(), page).map(contactDto), ...page };
		},
	},
	{
		method: 'GET',
		path: '/api/ext/v3/contacts/count',
		scopes: scopes.assumed.readContacts,
		body: 'none',
		handle: count,
	},
	{
		method: 'GET',
		path: '/api/ext/v3/contacts/:target',
		scopes: scopes.assumed.readContacts,
		body: 'none',
		handle: (call) => {
			parse(noQuery, call.query);
			return contactDto(contactAt(call.world, param(call, 'target')));
		},
	},
	{
		method: 'DELETE',
		path: '/api/ext/v3/contacts/:target',
		scopes: scopes.assumed.deleteContact,
		body: 'none',
		handle: (call) => {
			const contact = contactAt(call.world, param(call, 'target'));
			call.world.account.deleteContact(contact);
			return { contact_id: contact.id, deleted: true, cleanup_completed: true };
		},
	},
];

function create({ world, body }: Call): unknown {
	const { whatsapp_number: phone, name, custom_params } = parse(createBody, body);
	const existing = world.account.contactByPhone(phone);
	if (existing && world.behaviour.existingContact !== 'second') {
		if (world.behaviour.existingContact === 'refuse') throw badRequest('The contact exists already');
		if (world.behaviour.existingContact === 'updateExisting') {
			existing.name = name;
			setAttributes(world, existing, custom_params ?? []);
		}
		return contactDto(existing);
	}
	const contact = world.account.addContact({ phone, name });
	setAttributes(world, contact, custom_params ?? []);
	return contactDto(contact);
}

function update({ world, body, token }: Call): unknown {
	if (token.role === 'TRIAL') throw new Unauthorized('Not available for the TRIAL role');
	const wanted = parse(updateBody, body).contacts.map(({ target, customParams }) => ({
		contact: findContact(world, parseTarget(world, target)),
		customParams,
	}));
	if (world.behaviour.unknownInBatch === 'refuse' && wanted.some(({ contact }) => !contact)) {
		throw unknown(world, 'Contact');
	}
	const updated: Contact[] = [];
	for (const { contact, customParams } of wanted) {
		if (!contact) continue;
		if (customParams) {
			if (world.behaviour.customParams === 'replace') contact.attributes.clear();
			setAttributes(world, contact, customParams);
		}
		updated.push(contact);
	}
	return { contact_list: updated.map(contactDto) };
}

function setAttributes(world: World, contact: Contact, values: Array<{ name: string; value: string }>): void {
	for (const { name, value } of values) {
		if (name === 'name' && world.behaviour.nameAttribute === 'renames') contact.name = value;
		else contact.attributes.set(name, value);
	}
	contact.lastUpdated = world.account.now();
}

function assignTeams({ world, body }: Call): unknown {
	const { target, teams } = parse(teamsBody, body);
	const contact = contactAt(world, target);
	if (teams.some((team) => !world.account.teams.has(team))) return { result: false };
	contact.teams = [...new Set(world.behaviour.assignTeams === 'add' ? [...contact.teams, ...teams] : teams)];
	return { result: true };
}

function count({ world, query }: Call): unknown {
	const { date_from, date_to } = parse(countQuery, query);
	const from = date_from ? Date.parse(date_from) : -Infinity;
	const to = date_to ? Date.parse(date_to) : Infinity;
	const counted = [...world.account.contacts.values()].filter(
		({ created }) => created.getTime() >= from && created.getTime() <= to,
	);
	return { contact_count: counted.length };
}

/** ContactDto (section 6). `phone` carries a `+` as in the OAS example; it is left out when only the BSUID is known. */
export function contactDto(contact: Contact): Record<string, unknown> {
	const { id, phone, name, created, lastUpdated, bsuid, username } = contact;
	return {
		id,
		wa_id: phone,
		name,
		...(phone === null ? {} : { phone: `+${phone}` }),
		photo: null,
		created: created.toISOString(),
		last_updated: lastUpdated.toISOString(),
		contact_status: 'VALID',
		source: null,
		channel_id: contact.channelId,
		ig_phone_source: null,
		mg_phone_source: null,
		opted_in: contact.optedIn,
		allow_broadcast: contact.allowBroadcast,
		allow_sms: contact.allowSms,
		teams: contact.teams,
		segments: [],
		custom_params: [...contact.attributes].map(([param, value]) => ({ name: param, value })),
		channel_type: contact.channelType,
		display_name: name,
		contact_link: { whats_app_contact_id: id, instagram_contact_id: null, messenger_contact_id: null },
		is_broadcast_limit_reached: false,
		...(bsuid === null ? {} : { bsuid, username, parentBsuid: null }),
	};
}
