import { severalProblem } from './several';
import type {
	ContactChange,
	ContactDirectory,
	ContactKey,
	FindResult,
	NewContact,
	Problem,
	StoredContact,
	WriteResult,
} from './types';

type Keyed = { key: ContactKey };

/**
 * A directory for one run. It never throws, asks nothing when there is nothing to ask, and gives every record back with
 * its answer, in any order. Of every create it says whether it happened.
 */
export interface CarefulDirectory {
	find<T extends Keyed>(records: readonly T[]): Promise<Array<[T, FindResult]>>;
	create<T extends NewContact>(contacts: readonly T[]): Promise<Array<[T, WriteResult]>>;
	update<T extends ContactChange>(changes: readonly T[]): Promise<Array<[T, WriteResult]>>;
}

/** @param fieldIds the fields that every look-up of this run asks for */
export function carefulDirectory(directory: ContactDirectory, fieldIds: readonly string[]): CarefulDirectory {
	const find: CarefulDirectory['find'] = (records) =>
		answerEach(records, (all) => directory.find(all.map(keyOf), fieldIds), refused);
	const update: CarefulDirectory['update'] = (changes) =>
		answerEach(changes, (all) => directory.update(all.map(changeOf)), refused);
	// A call that ended in an exception may have written some of its contacts.
	const createOnce: CarefulDirectory['create'] = (contacts) =>
		answerEach(contacts, (all) => directory.create(all.map(newContactOf)), lost);

	return { find, update, create: (contacts) => createForSure(contacts, createOnce, find) };
}

/**
 * A create whose answer was lost is looked up: either the contact is there, then it was created; or it is not, then it is
 * created once more; or nobody can tell, then the problem says how to find out.
 */
async function createForSure<T extends NewContact>(
	contacts: readonly T[],
	createOnce: CarefulDirectory['create'],
	find: CarefulDirectory['find'],
): Promise<Array<[T, WriteResult]>> {
	const settled: Array<[T, WriteResult]> = [];
	const unanswered: T[] = [];
	for (const [contact, result] of await createOnce(contacts)) {
		if (isLost(result)) unanswered.push(contact);
		else settled.push([contact, result]);
	}

	const absent: T[] = [];
	for (const [contact, found] of await find(unanswered)) {
		const result = found.ok ? createdAfterAll(contact.key, found.contacts) : notKnown(contact.key, found.problem);
		if (result) settled.push([contact, result]);
		else absent.push(contact);
	}

	for (const [contact, result] of await createOnce(absent)) {
		settled.push([contact, isLost(result) ? notKnown(contact.key, result.problem) : result]);
	}
	return settled;
}

type Refused = Extract<WriteResult, { ok: false }>;

const refused = (problem: Problem): Refused => ({ ok: false, problem });

const lost = (problem: Problem): Refused => ({ ok: false, problem, outcomeUnknown: true });

const isLost = (result: WriteResult): result is Refused => !result.ok && result.outcomeUnknown === true;

/** Undefined where no contact has the key. */
function createdAfterAll(key: ContactKey, contacts: readonly StoredContact[]): WriteResult | undefined {
	const [contact, another] = contacts;
	if (another) return refused(severalProblem(key, contacts));
	return contact && { ok: true, id: contact.id, fields: contact.fields };
}

function notKnown(key: ContactKey, cause: Problem): Refused {
	return refused({
		message: `Whether the contact with ${key.label} "${key.value}" was created is not known: no answer came back`,
		description:
			`Look for the contact before you create it by hand. To run the item again is safe: it is looked up first. ` +
			`The last answer was: ${cause.message}`,
		field: key.field,
		code: cause.code,
		outcomeUnknown: true,
		cause: cause.cause ?? cause,
	});
}

// The engine's records carry more than is a directory's business.
const keyOf = ({ key }: Keyed) => key;
const newContactOf = ({ key, values }: NewContact): NewContact => ({ key, values });
const changeOf = ({ key, contact, values }: ContactChange): ContactChange => ({ key, contact, values });

/** Each record with its answer; `otherwise` stands for the answers that an exception or a short list has left out. */
async function answerEach<T, R>(
	records: readonly T[],
	ask: (records: readonly T[]) => Promise<R[]>,
	otherwise: (problem: Problem) => R,
): Promise<Array<[T, R]>> {
	if (records.length === 0) return [];
	try {
		const answers = await ask(records);
		return records.map((record, index) => [record, answers[index] ?? otherwise(NO_ANSWER)]);
	} catch (error) {
		const problem = { message: error instanceof Error ? error.message : String(error), cause: error };
		return records.map((record) => [record, otherwise(problem)]);
	}
}

const NO_ANSWER: Problem = { message: 'There was no answer for this contact' };
