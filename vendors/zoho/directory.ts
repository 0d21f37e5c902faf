import { inChunks, mapConcurrently } from '../../http/concurrency';
import { asError, RequestError } from '../../http/errors';
import type {
	ContactChange,
	ContactDirectory,
	ContactKey,
	FieldInfo,
	FieldValues,
	FindResult,
	NewContact,
	StoredContact,
	WriteResult,
} from '../../upsert/types';
import { asProblem, isOutcomeUnknown } from '../shared/problem';
import type { ZohoApi, ZohoCall } from './api';
import { API } from './connection';
import { isApiName, VALUES_PER_QUERY } from './coql';
import { EMAIL } from './fields';
import { contactsWithEmails, type ContactRow } from './query';
import { rowProblem } from './rowProblem';
import { isDone, sendRows, type RowAnswer } from './rows';
import { storedValue, writtenRow } from './values';

/** Rows of one write (B6). */
const ROWS_PER_WRITE = 100;

/** Calls in progress at one time: Zoho lets 5 (Free) to 25 through, and usually 10 queries (B8). */
const CONCURRENCY = 5;

/** Columns of every look-up. */
const ALWAYS = ['id', EMAIL, 'Created_Time', 'Modified_Time', 'Created_By'];

const WRITE = { scope: 'ZohoCRM.modules.contacts.ALL', findOut: 'Look for the contact by its email in Zoho CRM.' };

export interface ZohoDirectoryOptions {
	/** Whether contacts that somebody else made may be changed; only the wording of a warning depends on it. */
	allowUpdate: boolean;
}

/** Zoho CRM's contacts as the engine sees them: found by email. */
export function zohoDirectory(
	api: ZohoApi,
	fields: readonly FieldInfo[],
	options: ZohoDirectoryOptions,
): ContactDirectory {
	return new ZohoDirectory(api, fields, options);
}

class ZohoDirectory implements ContactDirectory {
	/** Columns that Zoho doesn't know or doesn't let be read. Whether they can be written is for it to say, row by row. */
	private readonly unreadable = new Set<string>();

	constructor(
		private readonly api: ZohoApi,
		readonly fields: readonly FieldInfo[],
		private readonly options: ZohoDirectoryOptions,
	) {}

	async find(keys: readonly ContactKey[], fieldIds: readonly string[]): Promise<FindResult[]> {
		const chunks = inQueries(keys);
		return (await mapConcurrently(chunks, CONCURRENCY, async (chunk) => await this.findChunk(chunk, fieldIds))).flat();
	}

	/**
	 * Upsert, because Zoho then looks for the email itself and by the stored rows: two runs that meet a new lead at the
	 * same time make one contact. A plain insert would make two. Zoho has no call that does neither, so that a contact
	 * which somebody made after the look-up is written over; the outcome warns of it.
	 *
	 * Sent as a `create`, not as a repeatable write: a repeated upsert would meet its own contact and take it for somebody
	 * else's. The engine looks the key up instead.
	 */
	async create(contacts: readonly NewContact[]): Promise<WriteResult[]> {
		return await this.inWrites(contacts, async (chunk) => {
			// An id would make Zoho update the contact that has it, whatever its email.
			const rows = chunk.map(({ key, values }) => ({
				[EMAIL]: key.value,
				...writtenRow(values, this.fields),
				id: undefined,
			}));
			const call: ZohoCall = {
				...WRITE,
				purpose: `create ${counted(chunk)}`,
				effect: 'create',
				method: 'POST',
				path: `${API}/Contacts/upsert`,
				json: { data: rows, duplicate_check_fields: [EMAIL] },
			};
			const answers = await sendRows(this.api, call, rows);
			return chunk.map(({ values }, index) =>
				this.writeResult(answers[index], values, this.metSomebodyElses(answers[index])),
			);
		});
	}

	async update(changes: readonly ContactChange[]): Promise<WriteResult[]> {
		return await this.inWrites(changes, async (chunk) => {
			const rows = chunk.map(({ contact, values }) => ({ ...writtenRow(values, this.fields), id: contact.id }));
			const call: ZohoCall = {
				...WRITE,
				purpose: `update ${counted(chunk)}`,
				effect: 'update',
				method: 'PUT',
				path: `${API}/Contacts`,
				json: { data: rows },
			};
			const answers = await sendRows(this.api, call, rows);
			return chunk.map(({ contact, values }, index) => this.writeResult(answers[index], values, [], contact.id));
		});
	}

	private async findChunk(keys: readonly ContactKey[], fieldIds: readonly string[]): Promise<FindResult[]> {
		try {
			const rows = await this.readRows(keys, fieldIds);
			const byEmail = new Map<string, StoredContact[]>(keys.map(({ compare }) => [compare, []]));
			for (const row of rows) byEmail.get((row.Email ?? '').trim().toLowerCase())?.push(toStored(row, fieldIds));
			return keys.map(({ compare }) => ({ ok: true, contacts: byEmail.get(compare) ?? [] }));
		} catch (thrown) {
			const problem = asProblem(thrown);
			return keys.map(() => ({ ok: false, problem }));
		}
	}

	/** One column that Zoho doesn't know would refuse the look-up of all: it is left out, and the items that write it are refused by Zoho. */
	private async readRows(keys: readonly ContactKey[], fieldIds: readonly string[]): Promise<ContactRow[]> {
		for (;;) {
			const readable = fieldIds.filter((id) => isApiName(id) && !this.unreadable.has(id));
			try {
				return await contactsWithEmails(this.api, keys.flatMap(spellings), [...readable, ...ALWAYS]);
			} catch (thrown) {
				const column = thrown instanceof RequestError && thrown.code === 'INVALID_QUERY' ? thrown.field : undefined;
				if (column === undefined || !readable.includes(column) || ALWAYS.includes(column)) throw asError(thrown);
				this.unreadable.add(column);
			}
		}
	}

	private async inWrites<Write>(
		writes: readonly Write[],
		send: (chunk: readonly Write[]) => Promise<WriteResult[]>,
	): Promise<WriteResult[]> {
		const chunks = inChunks(writes, ROWS_PER_WRITE);
		const results = await mapConcurrently(chunks, CONCURRENCY, async (chunk) => {
			try {
				return await send(chunk);
			} catch (thrown) {
				const refused: WriteResult = {
					ok: false,
					problem: asProblem(thrown),
					outcomeUnknown: isOutcomeUnknown(thrown),
				};
				return chunk.map(() => refused);
			}
		});
		return results.flat();
	}

	private writeResult(
		row: RowAnswer | undefined,
		values: FieldValues,
		warnings: string[],
		knownId?: string,
	): WriteResult {
		if (row && !isDone(row)) return { ok: false, problem: rowProblem(row, (apiName) => this.label(apiName)) };
		const id = row?.details.id ?? knownId;
		if (!row || id === undefined) {
			return {
				ok: false,
				outcomeUnknown: true,
				problem: { message: 'Zoho CRM did not say what became of the contact' },
			};
		}
		return { ok: true, id, warnings: [...warnings, ...this.warnings(values)] };
	}

	warnings(values: FieldValues): string[] {
		const blind = [...values.keys()].filter((field) => this.unreadable.has(field)).map((field) => this.label(field));
		return blind.map((label) => `${label} was written without being compared: Zoho CRM doesn't let it be read.`);
	}

	/** What to say of a contact that was not there at the look-up, and was there at the write. */
	private metSomebodyElses(row: RowAnswer | undefined): string[] {
		if (!row || !isDone(row) || row.action !== 'update') return [];
		const maker = row.details.Created_By?.name;
		const what = `The contact was made${maker ? ` by ${maker}` : ''} between the look-up and the write, and was updated: Zoho CRM makes no second one.`;
		const why =
			'Allow Updating Existing Fields is off, but Zoho CRM has no call that creates without updating: check the contact if it is not from this workflow.';
		return [this.options.allowUpdate ? what : `${what} ${why}`];
	}

	private label(apiName: string): string {
		return this.fields.find(({ id }) => id === apiName)?.label ?? apiName;
	}
}

/** Whether COQL tells upper case from lower is not known (B5), so that an email is asked for as it is and in lower case. */
function spellings({ value, compare }: ContactKey): string[] {
	return value === compare ? [value] : [value, compare];
}

/** The keys in runs that one query can ask for. */
function inQueries(keys: readonly ContactKey[]): ContactKey[][] {
	const queries: ContactKey[][] = [];
	let room = 0;
	for (const key of keys) {
		room -= spellings(key).length;
		if (room >= 0) {
			queries.at(-1)?.push(key);
		} else {
			queries.push([key]);
			room = VALUES_PER_QUERY - spellings(key).length;
		}
	}
	return queries;
}

function counted(chunk: readonly unknown[]): string {
	return chunk.length === 1 ? 'the contact' : `${chunk.length} contacts`;
}

function toStored(row: ContactRow, fieldIds: readonly string[]): StoredContact {
	const { Created_Time: created, Modified_Time: modified, Created_By: maker } = row;
	return {
		id: row.id,
		fields: new Map([...fieldIds, EMAIL].map((id) => [id, storedValue(row[id])])),
		createdAt: typeof created === 'string' ? created : undefined,
		modifiedAt: typeof modified === 'string' ? modified : undefined,
		createdBy: idOf(maker),
	};
}

/** COQL gives a link as `{id}`; some versions give the id alone. */
function idOf(link: unknown): string | undefined {
	if (typeof link === 'string') return link;
	const id = typeof link === 'object' && link !== null && 'id' in link ? link.id : undefined;
	return typeof id === 'string' ? id : undefined;
}
