import { createOrUpdate } from '../upsert/engine';
import type { ContactDirectory, UpsertPolicy } from '../upsert/types';
import type { Check } from './types';

export interface Upserting {
	directory: ContactDirectory;
	key: { field: string; label: string };
	/** Field ids: the name that must be there, and a text to change. */
	name: string;
	text: string;
}

const POLICY: UpsertPolicy = {
	allowCreate: true,
	allowUpdate: true,
	alwaysSaveSummary: true,
	severalMatch: 'reject',
	emptyValues: 'ignore',
	origin: { kind: 'none' },
	dryRun: false,
};

/** Creates or updates one contact three times: it has to be there after the first, unchanged after the second, changed after the third. */
export function upsertCheck(by: 'phone' | 'email', open: () => Promise<Upserting>): Check {
	return {
		question:
			'Is a contact created or updated, found at once, left alone when nothing changes, and updated when something does?',
		place: 'the directory of this vendor, and upsert/',
		writes: by,
		async ask(target) {
			const { directory, key, name, text } = await open();
			const value = target[by];
			const actions: string[] = [];
			for (const wanted of ['live check 1', 'live check 1', 'live check 2']) {
				const values = new Map([
					[key.field, value],
					[name, 'Live Check'],
					[text, wanted],
				]);
				const [result] = await createOrUpdate(
					[{ itemIndex: 0, key: { ...key, value, compare: value.toLowerCase() }, values }],
					POLICY,
					directory,
				);
				actions.push(result?.ok ? result.outcome.action : `refused: ${result?.error.message ?? 'no result'}`);
			}
			const [first = '', second, third] = actions;
			// An earlier check may have left the contact, even with this value.
			const isDone = ['created', 'updated', 'unchanged'].includes(first);
			return {
				answer: actions.join(', '),
				asAssumed: isDone && second === 'unchanged' && third === 'updated',
			};
		},
	};
}
