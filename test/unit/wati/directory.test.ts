import { axiosTransport } from '../../../http/axiosTransport';
import { createOrUpdate } from '../../../upsert/engine';
import type { ContactInput } from '../../../upsert/types';
import { watiClient } from '../../../vendors/wati/connection';
import { NAME, PHONE, watiDirectory } from '../../../vendors/wati/directory';
import { withWati } from '../../simulators/wati/harness';
import { policy } from '../upsert/builders';

const { wati } = withWati();

/** A policy as the node has it at first. */
const POLICY = policy({ alwaysSaveSummary: false, origin: { kind: 'marker', field: 'created_by', value: 'n8n' } });

async function upsert(...people: Array<Record<string, string>>) {
	const transport = axiosTransport({ authorize: () => ({ Authorization: `Bearer ${wati.token}` }) });
	const limits = { firstPauseMs: 1, longestPauseMs: 2 };
	const directory = watiDirectory(watiClient(transport, { origin: wati.origin, token: wati.token }, limits), [
		{ id: NAME, label: 'Name', type: 'text' },
	]);
	const inputs = people.map(({ phone = '', ...values }, itemIndex): ContactInput => {
		const key = { field: PHONE, label: 'WhatsApp Number', value: `+${phone}`, compare: phone };
		return { itemIndex, key, values: new Map(Object.entries({ [PHONE]: phone, ...values })) };
	});
	const results = await createOrUpdate(inputs, POLICY, directory);
	return results.map((result) => (result.ok ? result.outcome : result.error));
}

const phone = (person: number): string => `1415555${2000 + person}`;
const writes = () => wati.log.filter(({ method }) => method !== 'GET');

test.each([
	['kept', 'Ada', ['Name was not changed: it is still "Ada".']],
	['renames', 'Anna', []],
] as const)('a new name goes along as an attribute; WATI %s', async (nameAttribute, name, warnings) => {
	wati.behaviour.nameAttribute = nameAttribute;
	wati.account.addContact({ phone: phone(1), name: 'Ada', attributes: { city: 'Rome' } });
	const [outcome] = await upsert({ phone: phone(1), name: 'Anna', city: 'Oslo' });
	expect(outcome).toMatchObject({ action: 'updated', warnings, contact: { name, city: 'Oslo' } });
	expect(writes()[0]?.body).toMatchObject({
		contacts: [{ customParams: expect.arrayContaining([{ name: 'name', value: 'Anna' }]) }],
	});
});

test.each(['merge', 'replace'] as const)(
	'attributes that are not mapped stay, also where WATI would %s',
	async (how) => {
		wati.behaviour.customParams = how;
		const contact = wati.account.addContact({ phone: phone(1), attributes: { city: 'Rome', 'plan.name': 'gold' } });
		await upsert({ phone: phone(1), city: 'Oslo' });
		expect(Object.fromEntries(contact.attributes)).toEqual({ city: 'Oslo', 'plan.name': 'gold' });
	},
);

describe('a contact that WATI does not have is told from a look-up that fails', () => {
	test.each(['400code', '404'] as const)('unknown, said by %s: created', async (unknownContact) => {
		wati.behaviour.unknownContact = unknownContact;
		expect(await upsert({ phone: phone(1), name: 'Ada' })).toMatchObject([{ action: 'created' }]);
	});

	test.each([
		['a 400 about something else', { status: 400, body: { code: 400, message: 'Target is invalid' } }],
		['a 400 about the channel', { status: 400, body: { code: 400, message: 'Channel not found' } }],
		['a 401', { status: 401, body: 'Unauthorized' }],
		['a 403', { status: 403, body: { code: 403, message: 'scope' } }],
		['a 500', { status: 500 }],
		['an answer that is no contact list', { status: 200, body: { result: false, info: 'not today' } }],
		['a lost connection', { drop: 'before' as const }],
	])('%s: an error, and nothing is created', async (_what, fault) => {
		wati.fault({ method: 'GET', ...fault, times: 99 });
		const [problem] = await upsert({ phone: phone(1), name: 'Ada' });
		expect(problem).not.toHaveProperty('action');
		expect(writes()).toEqual([]);
	});

	test.each([/count$/, /contacts$/])('the same for many, which are looked for in the whole list (%s)', async (path) => {
		wati.account.seedContacts(1);
		wati.fault({ method: 'GET', path, status: 403, times: 99 });
		const outcomes = await upsert(
			...Array.from({ length: 10 }, (_, person) => ({ phone: phone(person), name: 'Ada' })),
		);
		expect(outcomes.filter((outcome) => 'action' in outcome)).toEqual([]);
		expect(writes()).toEqual([]);
	});
});

test('a contact that comes while the list is read does not make another one look absent', async () => {
	const people = Array.from({ length: 10 }, (_, person) => phone(person));
	for (const one of people) wati.account.addContact({ phone: one, name: 'Ada' });
	// Counted before the eleventh came: the list that follows is not the one that was counted.
	wati.fault({ method: 'GET', path: /count$/, status: 200, body: { contact_count: 9 } });
	expect(await upsert(...people.map((one) => ({ phone: one, name: 'Ada' })))).toMatchObject(
		people.map(() => ({ action: 'unchanged' })),
	);
	expect(wati.account.contacts.size).toBe(10);
});

test('a contact whose WhatsApp number and phone number differ is found by both, also in the whole list', async () => {
	const people = Array.from({ length: 10 }, (_, person) => phone(person));
	const [mexican = ''] = people;
	for (const one of people) wati.account.addContact({ phone: one, name: 'Ada' });
	const contact_list = people.map((one, id) => ({
		id: String(id),
		wa_id: id === 0 ? '5215512345678' : one,
		phone: one,
	}));
	wati.fault({ method: 'GET', path: /contacts$/, status: 200, body: { contact_list } });
	const [, ...others] = people;
	const outcomes = await upsert(...[mexican, ...others].map((one) => ({ phone: one })));
	expect(outcomes).toMatchObject(people.map((_, id) => ({ action: 'unchanged', id: String(id) })));
	expect(writes()).toEqual([]);
});

test('a contact that was deleted meanwhile fails alone; the others of its call are updated', async () => {
	const people = [1, 2, 3, 4].map(phone);
	for (const one of people) wati.account.addContact({ phone: one });
	const deleted = wati.account.contactByPhone(phone(2))?.id ?? '';
	wati.fault({
		method: 'PUT',
		when: ({ body }) => JSON.stringify(body).includes(deleted),
		times: 99,
		status: 404,
		body: { code: 404, message: 'Contact not found' },
	});
	const outcomes = await upsert(...people.map((one) => ({ phone: one, city: 'Oslo' })));
	expect(outcomes.map((outcome) => ('action' in outcome ? outcome.action : 'failed'))).toEqual([
		'updated',
		'failed',
		'updated',
		'updated',
	]);
	expect(writes()).toHaveLength(5);
});
