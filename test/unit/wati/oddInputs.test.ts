import { withWatiNode } from './watiNode';

/** What expressions give that nobody types: n8n's own dates, boxes as text, numbers for names. */
const { wati, run } = withWatiNode();

/** As `{{ $now }}` gives it. */
const luxon = { toISO: () => '2026-01-15T00:00:00.000+01:00' };

describe('dates', () => {
	const overview = { resource: 'campaign', operation: 'getOverview', to: '2026-02-01T00:00:00Z', simplify: true };

	test.each([
		['text', '2026-01-15T00:00:00.000+01:00'],
		["n8n's own", luxon],
		["JavaScript's", new Date('2026-01-14T23:00:00Z')],
	])('of a period: %s', async (_form, from) => {
		await run({ parameters: { ...overview, from: () => from } });
		expect(wati.log[0]?.query).toMatchObject({ date_from: '2026-01-14T23:00:00Z', date_to: '2026-02-01T00:00:00Z' });
	});

	test('made out of nothing are refused by the name of the field', async () => {
		const nothing = { toISO: () => null };
		await expect(run({ parameters: { ...overview, from: () => nothing } })).rejects.toThrow(
			'From is not a date and time',
		);
		expect(wati.log).toHaveLength(0);
	});

	test('as the value of an attribute are text', async () => {
		await run({
			parameters: {
				resource: 'contact',
				operation: 'create',
				phoneNumber: 14155552671,
				name: 'Ada',
				attributes: { attribute: [{ name: 'since', value: luxon }] },
			},
		});
		expect(wati.log[0]?.body).toEqual({
			whatsapp_number: '14155552671',
			name: 'Ada',
			custom_params: [{ name: 'since', value: '2026-01-15T00:00:00.000+01:00' }],
		});
	});
});

describe('a box that is ticked by an expression', () => {
	const list = { resource: 'contact', operation: 'getMany', limit: 2, simplify: true };
	beforeEach(() => void wati.account.seedContacts(3));

	test.each<[unknown, number]>([
		[true, 3],
		['true', 3],
		['Yes', 3],
		[1, 3],
		[false, 2],
		['false', 2],
		['no', 2],
		[0, 2],
		['', 2],
	])('Return All as %j', async (returnAll, count) => {
		expect(await run({ parameters: { ...list, returnAll: () => returnAll } })).toHaveLength(count);
	});

	test('is refused where it is neither', async () => {
		await expect(run({ parameters: { ...list, returnAll: () => 'perhaps' } })).rejects.toThrow(
			'Return All is neither true nor false',
		);
		expect(wati.log).toHaveLength(0);
	});
});
