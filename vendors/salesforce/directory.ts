import { RequestError } from '../../http/errors';
import type {
	ContactDirectory,
	ContactKey,
	FieldInfo,
	FieldValues,
	FindResult,
	Problem,
	StoredContact,
	WriteResult,
} from '../../upsert/types';
import { asProblem } from '../shared/problem';
import type { SalesforceApi } from './api';
import { userNotation } from './connection';
import { emailKey } from './email';
import { explainRow } from './explain';
import { runQueries } from './queries';
import type { SalesforceRecord } from './schemas';
import { emailQueries, isColumnName } from './soql';
import { fromSalesforce } from './values';
import { writeRows, type Row, type WriteOptions } from './writes';

/** Salesforce's contacts as the engine sees them: found by email. */
export function salesforceDirectory(
	api: SalesforceApi,
	fields: readonly FieldInfo[],
	options: WriteOptions,
): ContactDirectory {
	return new SalesforceDirectory(api, fields, options);
}

class SalesforceDirectory implements ContactDirectory {
	private readonly types: ReadonlyMap<string, FieldInfo['type']>;
	/**
	 * Fields that can't be asked for. A field that is gone must fail the items that fill it, and no others; but one
	 * unknown column fails a whole query.
	 */
	private readonly unusable = new Map<string, Problem>();

	constructor(
		private readonly api: SalesforceApi,
		readonly fields: readonly FieldInfo[],
		private readonly options: WriteOptions,
	) {
		this.types = new Map(fields.map(({ id, type }) => [id, type]));
	}

	async find(keys: readonly ContactKey[], fieldIds: readonly string[]): Promise<FindResult[]> {
		for (const id of fieldIds) if (!isUsable(id)) this.unusable.set(id, this.noSuchField(id));
		for (;;) {
			const columns = fieldIds.filter((id) => !this.unusable.has(id));
			const results = await this.findWith(keys, columns);
			const gone = goneField(results, columns);
			if (gone === undefined) return results;
			this.unusable.set(gone, this.noSuchField(gone));
		}
	}

	async create(contacts: ReadonlyArray<{ values: FieldValues }>): Promise<WriteResult[]> {
		return await this.write(contacts.map(({ values }) => ({ values })));
	}

	async update(changes: ReadonlyArray<{ contact: StoredContact; values: FieldValues }>): Promise<WriteResult[]> {
		return await this.write(changes.map(({ contact, values }) => ({ id: contact.id, values })));
	}

	private async findWith(keys: readonly ContactKey[], columns: readonly string[]): Promise<FindResult[]> {
		const queries = emailQueries(
			keys.map(({ value }) => value),
			columns,
		);
		const answers = await runQueries(
			this.api,
			queries.map(({ soql }) => soql),
		);
		const results = keys.map((): FindResult => ({ ok: false, problem: { message: 'The contact was not looked up' } }));
		for (const [index, { places }] of queries.entries()) {
			const answer = answers[index];
			if (!answer) continue;
			const byEmail = answer.ok ? this.byEmail(answer.records, columns) : undefined;
			for (const place of places) {
				results[place] = answer.ok
					? { ok: true, contacts: byEmail?.get(keys[place]?.compare ?? '') ?? [] }
					: { ok: false, problem: asProblem(answer.error) };
			}
		}
		return results;
	}

	private byEmail(records: readonly SalesforceRecord[], columns: readonly string[]): Map<string, StoredContact[]> {
		const contacts = new Map<string, StoredContact[]>();
		for (const record of records) {
			const key = emailKey(String(record.Email ?? ''));
			contacts.set(key, [...(contacts.get(key) ?? []), this.toStored(record, columns)]);
		}
		return contacts;
	}

	private toStored(record: SalesforceRecord, columns: readonly string[]): StoredContact {
		const values = caseless(record);
		return {
			id: String(record.Id ?? ''),
			fields: new Map(
				columns.map((id) => [id, fromSalesforce(this.types.get(id) ?? 'text', values.get(id.toLowerCase()))]),
			),
			createdAt: textOf(record.CreatedDate),
			modifiedAt: textOf(record.LastModifiedDate),
			createdBy: userNotation(String(record.CreatedById ?? '')),
		};
	}

	/** Rows that fill a field which is not there are refused by themselves; the others are written. */
	private async write(rows: readonly Row[]): Promise<WriteResult[]> {
		const problems = rows.map(({ values }) => this.check(values));
		const written = await writeRows(
			this.api,
			rows.filter((_row, place) => !problems[place]),
			{ ...this.options, types: this.types },
		);
		const rest = written.values();
		return problems.map((problem) => {
			if (problem) return { ok: false, problem };
			const next = rest.next();
			return next.done ? { ok: false, problem: { message: 'There was no answer for this contact' } } : next.value;
		});
	}

	check(values: FieldValues): Problem | undefined {
		const [id] = [...values.keys()].filter((field) => this.unusable.has(field));
		return id === undefined ? undefined : this.unusable.get(id);
	}

	private noSuchField(id: string): Problem {
		const message = `No such column '${id}'`;
		return { ...explainRow([{ code: 'INVALID_FIELD', message, fields: [id], duplicate: undefined }], this.api.label) };
	}
}

/** What is written besides the fields of the builder must not be one of them. */
const isUsable = (id: string): boolean => isColumnName(id) && !['id', 'attributes'].includes(id.toLowerCase());

/** One of the columns that a query was refused for. */
function goneField(results: readonly FindResult[], columns: readonly string[]): string | undefined {
	for (const result of results) {
		if (result.ok || result.problem.code !== 'INVALID_FIELD') continue;
		const name = result.problem.cause instanceof RequestError ? result.problem.field?.toLowerCase() : undefined;
		const column = columns.find((id) => id.toLowerCase() === name);
		if (column !== undefined) return column;
	}
	return undefined;
}

/** Salesforce finds columns in any spelling, and answers in its own. */
function caseless(record: SalesforceRecord): Map<string, SalesforceRecord[string]> {
	return new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]));
}

const textOf = (value: SalesforceRecord[string] | undefined): string | undefined =>
	typeof value === 'string' ? value : undefined;
