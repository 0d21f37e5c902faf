import { mapped, salesforceFixture, watiFixture, wawpFixture, zohoFixture, type CrmFixture } from '../../support/crms';
import type { Fault } from '../../simulators/kit/faults';
import { CrmInN8n } from './crmInN8n';

interface Stopping {
	crm: CrmFixture;
	/** What the item without a key is told, as the first cause of the batch. */
	missing: RegExp;
	/** Makes the vendor refuse a new person, by values of the item or by itself. */
	spoil(person: number): Record<string, unknown>;
	/** From the given number of creates on, the vendor takes no more. */
	close(after: number): void;
	/** Contacts that one create call holds. */
	perCall: number;
}

/** A refusal that is about this call, and not to be tried again. */
const NO: Partial<Fault> = { status: 403, body: { code: 'NO_PERMISSION', message: 'no more for today' }, times: 9_999 };

function wati(): Stopping {
	const crm = watiFixture();
	return {
		crm,
		missing: /WhatsApp Number is missing/,
		perCall: 1,
		spoil(person) {
			crm.simulator.fault({
				method: 'POST',
				when: ({ body }) => JSON.stringify(body).includes(crm.key(person).slice(1)),
				status: 400,
				body: { code: 400, message: 'not this number' },
			});
			return {};
		},
		close: (after) => crm.simulator.fault({ method: 'POST', after, ...NO }),
	};
}

function salesforce(): Stopping {
	const crm = salesforceFixture();
	return {
		crm,
		missing: /Email is missing/,
		perCall: 200,
		spoil: () => ({ Gone__c: 'x' }),
		close: (after) => crm.simulator.fault({ method: 'POST', path: /composite\/sobjects$/, after, ...NO }),
	};
}

function zoho(): Stopping {
	const crm = zohoFixture();
	return {
		crm,
		missing: /Email is missing/,
		perCall: 100,
		spoil: () => ({ Segment: 'Nope' }),
		close: (after) => crm.simulator.api.fault({ method: 'POST', path: /upsert$/, after, ...NO }),
	};
}

function wawp(): Stopping {
	const crm = wawpFixture();
	return {
		crm,
		missing: /Phone Number and Chat ID are missing/,
		perCall: 1,
		spoil(person) {
			const path = new RegExp(crm.key(person).slice(1));
			crm.simulator.api.fault({ method: 'PUT', path, status: 400, body: { code: 'invalid_parameter' } });
			return {};
		},
		close: (after) => crm.simulator.api.fault({ method: 'PUT', after, ...NO }),
	};
}

describe.each([wati(), salesforce(), zoho(), wawp()].map((stopping) => ({ name: stopping.crm.name, ...stopping })))(
	'$name, set to stop',
	({ crm, missing, spoil, close, perCall }) => {
		const node = new CrmInN8n(crm);
		// The list of fields is read once, and clears the faults with the traffic.
		beforeAll(async () => void (await node.node({ items: [] })));
		const held = (people: number[]) => people.map((person) => crm.stored(person).length);

		test('one error counts what was written, not written and untouched; run again, the rest is completed', async () => {
			crm.seed({ person: 1, text: 'same' });
			crm.seed({ person: 2, text: 'old' });
			const person = (number: number) => mapped(crm, number, number === 1 ? 'same' : 'new');
			const first = await node.run({
				items: [
					person(1),
					person(2),
					person(3),
					{ [crm.fields.name]: 'Nobody' },
					{ ...person(4), ...spoil(4) },
					person(5),
				],
			});
			expect(first.error?.message).toBe('2 of 6 items were not written');
			expect(first.error?.description).toMatch(/^3 were written, 1 was left untouched\. First cause, in item 3: /);
			expect(first.error?.description).toMatch(missing);
			expect(first.items).toEqual([]);
			expect(held([1, 2, 3, 4, 5, 6])).toEqual([1, 1, 1, 0, 1, 0]);
			expect(crm.stored(2)[0]?.text).toBe('new');

			const again = await node.run({ items: [person(1), person(2), person(3), person(6), person(4), person(5)] });
			expect(again.items.map(({ json }) => json.action)).toEqual([
				'unchanged',
				'unchanged',
				'unchanged',
				'created',
				'created',
				'unchanged',
			]);
			expect(held([1, 2, 3, 4, 5, 6])).toEqual([1, 1, 1, 1, 1, 1]);
		});

		test('a vendor that takes no more in the middle: what it took counts, and the next run makes only the rest', async () => {
			const people = Array.from({ length: 250 }, (_, number) => number);
			const items = people.map((person) => mapped(crm, person));
			close(Math.ceil(100 / perCall));
			const { error } = await node.run({ items });
			const written = held(people).filter((count) => count === 1).length;
			expect(written).toBeGreaterThanOrEqual(50);
			expect(error?.message).toBe(`${250 - written} of 250 items were not written`);
			expect(error?.description).toMatch(new RegExp(`^${written} were written, 0 were left untouched\\.`));

			crm.clearTraffic();
			const again = await node.run({ items });
			const actions = again.items.map(({ json }) => json.action);
			expect(actions.filter((action) => action === 'created')).toHaveLength(250 - written);
			expect(actions.filter((action) => action === 'unchanged')).toHaveLength(written);
			expect(held(people)).toEqual(people.map(() => 1));
		});
	},
);
