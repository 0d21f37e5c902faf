import { queryOf } from '../kit/input';
import { authorize, requireWorking, sessionName } from './access';
import { fullName, type WawpContact } from './contacts';
import { failure, invalid, missing } from './errors';
import type { World } from './world';

const anyChat = /^\d{5,20}@(c\.us|lid|s\.whatsapp\.net)$/;

/** `GET /v2/contacts`, `/v2/contacts/all` and `/v2/contacts/check-exists` (C3). */
export function registerReads(world: World): void {
	const { app } = world.api;
	app.get('/v2/contacts', async (request) => {
		authorize(world, request);
		requireWorking(world);
		const { contactId } = queryOf(request);
		if (!contactId) throw missing('contactId');
		if (!anyChat.test(contactId)) throw invalid('contactId');
		return contactBody(world, contactId, world.contacts.get(contactId));
	});

	app.get('/v2/contacts/all', async (request) => {
		authorize(world, request);
		requireWorking(world);
		const page = pageOf(queryOf(request));
		const sorted = world.contacts.all().map((contact) => contactBody(world, contact.id, contact));
		sorted.sort((one, other) => page.sign * (one[page.sortBy] ?? '').localeCompare(other[page.sortBy] ?? ''));
		return sorted.slice(page.offset, page.offset + page.limit);
	});

	app.get('/v2/contacts/check-exists', async (request) => {
		authorize(world, request);
		requireWorking(world);
		const digits = digitsOf(queryOf(request)['phone']);
		const now = world.clock.now();
		if (world.settings.limitCheckExists && now - world.contacts.lastCheckAt < 1000) {
			throw failure(429, 'rate_limit', 'One check a second');
		}
		world.contacts.lastCheckAt = now;
		if (world.contacts.notOnWhatsApp.has(digits)) return { numberExists: false };
		return { numberExists: true, chatId: `${whatsAppDigits(digits)}@c.us` };
	});
}

/** `/v2/session/info` by GET and POST (C4): 200 in every state of the session. */
export function registerSession(world: World): void {
	world.api.app.route({
		method: ['GET', 'POST'],
		url: '/v2/session/info',
		handler: async (request) => {
			authorize(world, request);
			const { session } = world.settings;
			return {
				name: sessionName(world.instanceId),
				status: session,
				config: { webhooks: {}, proxy: null },
				me: session === 'WORKING' ? { id: '201012345678@c.us', pushName: 'Shop' } : null,
			};
		},
	});
}

/** WAHA's shape (C3). A number nobody saved is answered as well, without a name. */
function contactBody(world: World, id: string, contact: WawpContact | undefined) {
	const number = id.split('@')[0] ?? '';
	return {
		id,
		number,
		...(contact ? { name: fullName(contact), shortName: contact.firstName, pushname: contact.pushname } : {}),
		isMe: false,
		isGroup: false,
		isWAContact: !world.contacts.notOnWhatsApp.has(number),
		isMyContact: contact !== undefined,
		isBlocked: false,
	};
}

function pageOf(query: Record<string, string>) {
	const limit = Number(query['limit'] ?? 100);
	const offset = Number(query['offset'] ?? 0);
	const sortBy = query['sortBy'] ?? 'name';
	const sortOrder = query['sortOrder'] ?? 'ASC';
	if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw invalid('limit');
	if (!Number.isInteger(offset) || offset < 0) throw invalid('offset');
	if (sortBy !== 'name' && sortBy !== 'id') throw invalid('sortBy');
	if (sortOrder !== 'ASC' && sortOrder !== 'DESC') throw invalid('sortOrder');
	return { limit, offset, sortBy, sign: sortOrder === 'ASC' ? 1 : -1 } as const;
}

/** C5: country code and digits; a leading `+` is dropped, `00` and signs are refused. */
function digitsOf(phone: string | undefined): string {
	if (!phone) throw missing('phone');
	// A `+` that wasn't encoded arrives as a space.
	const digits = phone.replace(/^[+ ]/, '');
	if (!/^[1-9]\d{6,14}$/.test(digits)) throw invalid('phone');
	return digits;
}

/** C5: Mexican numbers carry a 1 after the country code. */
const whatsAppDigits = (digits: string): string => (/^52\d{10}$/.test(digits) ? `521${digits.slice(2)}` : digits);
