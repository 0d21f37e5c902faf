import { isObject } from '../../kit/input';
import type { WriteRecord } from '../contacts/contacts';
import type { Row } from '../contacts/row';
import { errorBody, type ErrorBody } from '../errors';
import { userReference, users } from '../users';
import type { World } from '../world';
import { duplicate, problem, validateRow } from './validate';
import { idOf, type Wrapper } from './wrapper';

/** What became of one row. */
export type RowResult = ErrorBody | RowSuccess;

interface RowSuccess {
	code: 'SUCCESS';
	/** Upsert only, where Zoho shows a field even when it inserts (B6). */
	duplicate_field?: string | null;
	action?: 'insert' | 'update';
	details: Record<string, unknown>;
	message: string;
	status: 'success';
}

/** Where a row of a write goes: to a new contact, an existing one, or nowhere. */
export type Target = { do: 'insert' } | { do: 'update'; row: Row } | { do: 'refuse'; why: ErrorBody };

interface WriteCall {
	/** Name of the call, for the list of writes. */
	via: string;
	target: (row: unknown, index: number) => Target;
	isUpsert?: boolean;
}

/** Writes the rows one after the other, so that a later one meets what an earlier one made. Results are in the order of the rows. */
export function writeRows(world: World, wrapper: Wrapper, call: WriteCall): RowResult[] {
	return wrapper.rows.map((row, index) => writeRow(world, wrapper, call, row, index));
}

function writeRow(world: World, wrapper: Wrapper, call: WriteCall, row: unknown, index: number): RowResult {
	const { contacts, settings } = world;
	const target = call.target(row, index);
	if (target.do === 'refuse') return target.why;
	const existing = target.do === 'update' ? target.row : undefined;
	if (existing && contacts.isLocked(existing.id))
		return problem('RECORD_LOCKED', 'id', { index }, { action: 'record_locking' });

	const valid = validateRow(row, { contacts, settings, index, existing, wantsMandatory: call.isUpsert === true });
	if ('problems' in valid) return settings.reportAllErrors ? allOf(valid.problems) : firstOf(valid.problems);
	const user = users.integration;
	const written = existing ? contacts.update(existing, valid.values, user) : contacts.insert(valid.values, user);
	const action: WriteRecord['action'] = existing ? 'update' : 'insert';
	contacts.writes.push({ id: written.id, action, via: call.via, trigger: wrapper.trigger });
	const upsert = call.isUpsert ? { duplicate_field: wrapper.checkFields[0] ?? null, action } : {};
	return { code: 'SUCCESS', ...upsert, details: detailsOf(written), message: messages[action], status: 'success' };
}

const messages = { insert: 'record added', update: 'record updated' };

/** Upsert: an id in the row, else the first check field that has a match among live rows, else an insert (B6). */
export function upsertTarget(world: World, checkFields: readonly string[]) {
	return (row: unknown, index: number): Target => {
		const id = idOf(row);
		if (id !== undefined) return byIdTarget(world)(row, index);
		for (const field of checkFields) {
			const matches = world.contacts.having(field, fieldOf(row, field));
			const [oldest] = matches;
			if (!oldest) continue;
			const several = matches.length > 1;
			if (several && world.settings.upsertSeveralMatches === 'refuse') {
				return { do: 'refuse', why: duplicate(field, oldest, true, { index }) };
			}
			const newest = matches.at(-1) ?? oldest;
			return { do: 'update', row: world.settings.upsertSeveralMatches === 'newest' ? newest : oldest };
		}
		return { do: 'insert' };
	};
}

/** Update by the id in the row, which must be a text: a 19-digit number would have lost its last digits on the way. */
export function byIdTarget(world: World) {
	return (row: unknown, index: number): Target => {
		const id = idOf(row);
		if (id === undefined || id === null || id === '') return refuse(problem('MANDATORY_NOT_FOUND', 'id', { index }));
		if (typeof id !== 'string')
			return refuse(problem('INVALID_DATA', 'id', { index }, { expected_data_type: 'bigint' }));
		const found = world.contacts.get(id);
		return found ? { do: 'update', row: found } : refuse(problem('INVALID_DATA', 'id', { index }, { id }));
	};
}

const refuse = (why: ErrorBody): Target => ({ do: 'refuse', why });

const fieldOf = (row: unknown, field: string): unknown => (isObject(row) ? row[field] : undefined);

function detailsOf(row: Row): Record<string, unknown> {
	const { id, Created_Time, Modified_Time, Created_By } = row;
	return { id, Created_Time, Modified_Time, Created_By, Modified_By: userReference(users.integration) };
}

const firstOf = (problems: readonly ErrorBody[]): ErrorBody => problems[0] ?? errorBody('INTERNAL_ERROR', 'no problem');

const allOf = (problems: readonly ErrorBody[]): ErrorBody =>
	problems.length === 1
		? firstOf(problems)
		: errorBody('MULTIPLE_OR_MULTI_ERRORS', 'several errors', { errors: problems });

/**
 * HTTP status of a write: 201 all inserted, 200 all done, 207 some failed; none done by the setting `allFailedStatus`.
 */
export function statusOf(results: readonly RowResult[], insertsOnly: boolean, allFailed: number): number {
	const failed = results.filter((result) => result.status === 'error').length;
	if (failed === results.length) return allFailed;
	if (failed > 0) return 207;
	return insertsOnly || results.every((result) => 'action' in result && result.action === 'insert') ? 201 : 200;
}
