import { axiosTransport } from '../http/axiosTransport';
import type { ApiClient } from '../http/client';
import { testWatiAccount } from '../vendors/wati/account';
import { API } from '../vendors/wati/call';
import { createContact, findContact, updateContacts } from '../vendors/wati/contacts';
import { parseWatiConnection, watiClient } from '../vendors/wati/connection';
import { ask, describe } from './ask';
import type { Check, Config, VendorChecks } from './types';

/** A number that nobody has: country code 888 was never given out. */
const NOBODY = '88800000000';
const PROBE = 'live_check';

export function watiChecks(config: NonNullable<Config['wati']>): VendorChecks {
	const connection = parseWatiConnection(config);
	const authorization = { Authorization: `Bearer ${connection.token}` };
	const client = watiClient(axiosTransport({ authorize: () => authorization }), connection);
	const url = (path: string): string => `${connection.origin}${API}${path}`;
	const raw = async (path: string) => describe(await ask({ url: url(path), headers: authorization }));
	return {
		vendor: 'WATI',
		connect: async () => await testWatiAccount(client),
		checks: [...reading(raw, connection.origin, connection.tenantId, authorization), ...writing(client)],
	};
}

function reading(
	raw: (path: string) => Promise<string>,
	origin: string,
	tenantId: string | undefined,
	headers: Record<string, string>,
): Check[] {
	return [
		{
			question: 'What does GET /contacts/{target} answer for a number that the account does not have?',
			place: 'vendors/wati/contacts.ts, saysUnknown',
			async ask() {
				const answer = await ask({ url: `${origin}${API}/contacts/${NOBODY}`, headers });
				const words = JSON.stringify(answer.body ?? '');
				const asAssumed = answer.status === 404 || (answer.status === 400 && /not\s+found|not exist/i.test(words));
				return { answer: describe(answer), asAssumed };
			},
		},
		{
			question: 'Does a v3 path with the tenant segment answer 404?',
			place: 'vendors/wati/connection.ts',
			async ask() {
				if (!tenantId) return { answer: 'not asked: the endpoint was given without its number' };
				const answer = await ask({ url: `${origin}/${tenantId}${API}/contacts/count`, headers });
				return { answer: describe(answer), asAssumed: answer.status === 404 };
			},
		},
		{
			question: 'What are the fields of an entry of GET /conversations?',
			place: 'vendors/wati/conversations.ts',
			ask: async () => ({ answer: await raw('/conversations?page_number=1&page_size=1') }),
		},
		{
			question: 'What does GET /channels answer, and does the default channel have an id?',
			place: 'vendors/wati/account.ts, channelPages',
			ask: async () => ({ answer: await raw('/channels?page_number=1&page_size=10') }),
		},
		{
			question: 'Is a page without page_number refused with 400?',
			place: 'vendors/wati/call.ts, listPages',
			async ask() {
				const answer = await ask({ url: `${origin}${API}/contacts?page_size=1`, headers });
				return { answer: describe(answer), asAssumed: answer.status === 400 };
			},
		},
		{
			question: 'What does a wrong token get?',
			place: 'vendors/wati/explain.ts',
			async ask() {
				const answer = await ask({
					url: `${origin}${API}/contacts/count`,
					headers: { Authorization: 'Bearer wrong' },
				});
				return { answer: describe(answer), asAssumed: answer.status === 401 };
			},
		},
		{
			question: 'Which event names does GET /webhooks/event-types list?',
			place: 'nodes/WatiTrigger/events.ts',
			ask: async () => ({ answer: await raw('/webhooks/event-types') }),
		},
	];
}

function writing(client: ApiClient): Check[] {
	const update = async (phone: string, name: string, value: string) =>
		await updateContacts(client, [{ target: phone, attributes: [{ name, value }] }]);
	return [
		{
			question: 'What does POST /contacts answer for a number that is there already?',
			place: 'vendors/wati/directory.ts, create; vendors/wati/contacts.ts, createContact',
			writes: 'phone',
			async ask({ phone }) {
				const before = await findContact(client, phone);
				const contact = await createContact(client, {
					whatsappNumber: phone,
					name: before?.name ?? 'Live Check',
					attributes: [],
				});
				const again = await createContact(client, {
					whatsappNumber: phone,
					name: contact.name ?? 'Live Check',
					attributes: [],
				});
				return {
					answer: again.id === contact.id ? 'the same contact again' : 'a second contact',
					asAssumed: again.id === contact.id,
				};
			},
		},
		{
			question: 'Does PUT /contacts merge the attributes with those that are there, or replace them?',
			place: 'vendors/wati/directory.ts, wholeAttributes',
			writes: 'phone',
			async ask({ phone }) {
				await update(phone, `${PROBE}_a`, '1');
				await update(phone, `${PROBE}_b`, '2');
				const contact = await findContact(client, phone);
				const kept = contact?.custom_params?.some(({ name, value }) => name === `${PROBE}_a` && value === '1');
				return { answer: kept ? 'merges' : 'replaces' };
			},
		},
		{
			question: 'Does an attribute "name" rename the contact?',
			place: 'vendors/wati/directory.ts, nameAttribute',
			writes: 'phone',
			async ask({ phone }) {
				const before = (await findContact(client, phone))?.name ?? '';
				await update(phone, 'name', 'Live Check renamed');
				const after = (await findContact(client, phone))?.name ?? '';
				await update(phone, 'name', before);
				return { answer: after === before ? 'no, it keeps its name' : 'yes' };
			},
		},
	];
}
