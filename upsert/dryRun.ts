import type {
	ContactDirectory,
	ContactKey,
	FieldValues,
	FindResult,
	Origin,
	StoredContact,
	WriteResult,
} from './types';

/** What a dry run has not written: its later batches meet it, as those of a real run meet what is written. */
export interface Believed {
	/** Contacts that it would have made, by the `compare` of their keys. */
	created: Map<string, FieldValues>;
	/** Fields that it would have changed, by the id of their contact. */
	changed: Map<string, FieldValues>;
}

export const nothingBelieved = (): Believed => ({ created: new Map(), changed: new Map() });

/** The same directory, in which no write is made; each is believed to succeed unless the directory knows better. */
export function withoutWriting(
	directory: ContactDirectory,
	origin: Origin = { kind: 'none' },
	believed: Believed = nothingBelieved(),
): ContactDirectory {
	const believe = (values: FieldValues, id: string, note: () => void): WriteResult => {
		const problem = directory.check?.(values);
		if (problem) return { ok: false, problem };
		note();
		return { ok: true, id, warnings: directory.warnings?.(values) };
	};
	const note = (notes: Map<string, FieldValues>, of: string, values: FieldValues): void =>
		void notes.set(of, new Map([...(notes.get(of) ?? []), ...values]));

	return {
		fields: directory.fields,
		find: async (keys, fieldIds) => {
			const found = await directory.find(keys, fieldIds);
			return found.map((result, place) => asBelieved(result, keys[place], origin, believed));
		},
		create: async (contacts) =>
			contacts.map(({ key, values }) => believe(values, '', () => note(believed.created, key.compare, values))),
		update: async (changes) =>
			changes.map(({ key, contact, values }) =>
				believe(values, contact.id, () =>
					contact.id === '' ? note(believed.created, key.compare, values) : note(believed.changed, contact.id, values),
				),
			),
	};
}

function asBelieved(found: FindResult, key: ContactKey | undefined, origin: Origin, believed: Believed): FindResult {
	if (!found.ok) return found;
	const made = key && believed.created.get(key.compare);
	if (made) {
		// Whatever this run makes is made by the connected user.
		const createdBy = origin.kind === 'connectedUser' ? origin.userId : undefined;
		return { ok: true, contacts: [{ id: '', fields: made, createdBy }] };
	}
	const changed = (contact: StoredContact): StoredContact => {
		return { ...contact, fields: new Map([...contact.fields, ...(believed.changed.get(contact.id) ?? [])]) };
	};
	return { ok: true, contacts: found.contacts.map(changed) };
}
