import type {
	ContactChange,
	ContactDirectory,
	ContactKey,
	FieldInfo,
	FieldValue,
	FieldValues,
	FindResult,
	NewContact,
	Problem,
	StoredContact,
	WriteResult,
} from '../../../upsert/types';

type Operation = 'find' | 'create' | 'update';

/** How a call goes wrong. */
export interface Fault {
	on: Operation;
	/** The `compare` of the key it hits; every key when left out. */
	key?: string;
	/** How many times; 1 when left out. */
	times?: number;
	/**
	 * `refuse`: the vendor says no. `loseBefore`, `loseAfter`: it has not, or has, done it, and the answer is lost.
	 * `throw`: the whole call ends in an exception at this record. `leaveOut`: the list of answers ends before this record.
	 */
	how: 'refuse' | 'loseBefore' | 'loseAfter' | 'throw' | 'leaveOut';
}

export const REFUSAL: Problem = { message: 'The vendor said no', code: 'REFUSED' };
export const CONNECTED_USER = 'user-1';

/** A vendor that keeps its contacts in memory, goes wrong on demand, and notes what it is asked. */
export class MemoryDirectory implements ContactDirectory {
	/** The keys of every call, in order. */
	readonly calls: Array<{ on: Operation; keys: string[] }> = [];
	/** Fields that keep their value whatever is sent; the vendor then says what it stored. */
	readonly stubborn = new Set<string>();
	/** The fields that the last look-up asked for. */
	askedFor: readonly string[] = [];

	private readonly contacts = new Map<string, StoredContact>();
	private readonly idsByKey = new Map<string, string[]>();
	private readonly faults: Fault[] = [];

	constructor(readonly fields: readonly FieldInfo[] = []) {}

	/** A contact that is there before the run. */
	add(email: string, fields: Record<string, FieldValue> = {}, more: Partial<StoredContact> = {}): StoredContact {
		return this.store(email, {
			id: this.nextId(),
			fields: new Map(Object.entries({ Email: email, ...fields })),
			...more,
		});
	}

	fail(fault: Fault): void {
		this.faults.push({ ...fault });
	}

	/** From now on nothing goes wrong any more. */
	healed(): void {
		this.faults.length = 0;
	}

	/** The contacts that have a key now. */
	having(email: string): StoredContact[] {
		return (this.idsByKey.get(email.toLowerCase()) ?? []).flatMap((id) => this.contacts.get(id) ?? []);
	}

	/** Everything it holds, as plain data. */
	content(): unknown {
		return [...this.contacts.values()].map(({ id, fields }) => ({ id, fields: Object.fromEntries(fields) }));
	}

	callsOf(on: Operation): string[][] {
		return this.calls.filter((call) => call.on === on).map((call) => call.keys);
	}

	async find(keys: readonly ContactKey[], fieldIds: readonly string[]): Promise<FindResult[]> {
		this.askedFor = fieldIds;
		return this.answer(
			'find',
			keys.map((key) => ({ key })),
			({ key }) => ({ ok: true, contacts: this.having(key.compare) }),
		);
	}

	async create(contacts: readonly NewContact[]): Promise<WriteResult[]> {
		return this.answer('create', contacts, ({ key, values }) => {
			const made = { id: this.nextId(), createdBy: CONNECTED_USER, fields: this.afterSending(new Map(), values) };
			return this.stored(this.store(key.compare, made));
		});
	}

	async update(changes: readonly ContactChange[]): Promise<WriteResult[]> {
		return this.answer('update', changes, ({ contact, values }) => {
			const before = this.contacts.get(contact.id);
			if (!before) return { ok: false, problem: { message: `There is no contact ${contact.id}` } };
			const after = { ...before, fields: this.afterSending(before.fields, values) };
			this.contacts.set(after.id, after);
			return this.stored(after);
		});
	}

	private answer<T extends { key: ContactKey }, R extends FindResult | WriteResult>(
		on: Operation,
		records: readonly T[],
		act: (record: T) => R,
	): Array<R | Extract<WriteResult, { ok: false }>> {
		this.calls.push({ on, keys: records.map(({ key }) => key.compare) });
		const answers: Array<R | Extract<WriteResult, { ok: false }>> = [];
		for (const record of records) {
			const how = this.takeFault(on, record.key.compare);
			if (how === 'throw') throw new Error('The directory broke');
			if (how === 'leaveOut') break;
			if (how === 'refuse') answers.push({ ok: false, problem: REFUSAL });
			else if (how === 'loseBefore') answers.push(LOST);
			else {
				const result = act(record);
				answers.push(how === 'loseAfter' ? LOST : result);
			}
		}
		return answers;
	}

	private takeFault(on: Operation, key: string): Fault['how'] | undefined {
		const fault = this.faults.find(
			(one) => one.on === on && (one.key ?? key) === key && (one.times === undefined || one.times > 0),
		);
		if (!fault) return undefined;
		fault.times = (fault.times ?? 1) - 1;
		return fault.how;
	}

	private afterSending(before: FieldValues, sent: FieldValues): FieldValues {
		return new Map([...before, ...[...sent].filter(([id]) => !this.stubborn.has(id))]);
	}

	private stored({ id, fields }: StoredContact): WriteResult {
		if (this.stubborn.size === 0) return { ok: true, id };
		return { ok: true, id, fields: new Map([...this.stubborn].map((field) => [field, fields.get(field) ?? null])) };
	}

	private store(key: string, contact: StoredContact): StoredContact {
		const compare = key.toLowerCase();
		this.contacts.set(contact.id, contact);
		this.idsByKey.set(compare, [...(this.idsByKey.get(compare) ?? []), contact.id]);
		return contact;
	}

	private nextId(): string {
		return `c${this.contacts.size + 1}`;
	}
}

const LOST: Extract<WriteResult, { ok: false }> = {
	ok: false,
	problem: { message: 'socket hang up' },
	outcomeUnknown: true,
};
