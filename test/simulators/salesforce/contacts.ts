import { checkDuplicates, type DuplicateHeader } from './duplicateRules';
import { refuse } from './errors';
import type { FieldDefinition, StoredRecord } from './fields';
import { isIdOf, normalizeId } from './ids';
import { timestamp, type Org } from './org';
import { readRow } from './rowValues';
import { checkUnique, checkValidationRules, findByValue, validate } from './validate';

/** Who writes, and how. */
export interface Writer {
	userId: string;
	duplicates: DuplicateHeader;
	/** As in the path, `v66.0`. */
	version: string;
}

/** Fields of a body, with or without `attributes`. */
export type Body = Record<string, unknown>;

/** Writes a new contact and returns its id. Throws the refusals of A6. */
export function insertContact(org: Org, writer: Writer, body: Body): string {
	if (Object.keys(body).some((name) => name.toLowerCase() === 'id')) throw refuse.idInInsert();
	const sent = validate(org, org.contact, readRow(org.contact, body, 'create'), 'create');
	const record = { ...org.systemValues(writer.userId), ...sent };
	checkRules(org, writer, record, sent, 'create');
	org.activity.created++;
	return org.put('Contact', record);
}

/** Changes a contact. Throws the refusals of A5 and A6. */
export function updateContact(org: Org, writer: Writer, id: string, body: Body): void {
	const before = existing(org, id);
	const stored = validate(org, org.contact, readRow(org.contact, body, 'update'), 'update');
	if (before.IsPersonAccount) throw refuse.personContact();
	const now = timestamp(org.settings.now());
	const after: StoredRecord = {
		...before,
		...stored,
		LastModifiedById: writer.userId,
		LastModifiedDate: now,
		SystemModstamp: now,
	};
	checkRules(org, writer, after, stored, 'update');
	org.activity.updated++;
	org.contact.records.set(String(after.Id), after);
}

/** Moves a contact to the recycle bin. */
export function deleteContact(org: Org, id: string): void {
	const record = existing(org, id);
	const key = String(record.Id);
	failOnPurpose(org, record);
	org.contact.records.delete(key);
	org.contact.deleted.set(key, { ...record, IsDeleted: true });
	org.activity.deleted++;
}

/** The field by which an upsert may find records: external ids and those with `idLookup` (A5); else 404. */
export function upsertKey(org: Org, name: string): FieldDefinition {
	const definition = org.contact.fields.find(name);
	if (!definition || !(definition.externalId || definition.idLookup)) throw refuse.notFound();
	return definition;
}

/** Records an upsert by that key would meet. */
export function recordsByKey(org: Org, key: FieldDefinition, value: string): StoredRecord[] {
	if (key.type !== 'id') return findByValue(org.contact, key, value);
	const record = org.contact.records.get(normalizeId(value) ?? '');
	return record ? [record] : [];
}

/** The live contact with that id; MALFORMED_ID, ENTITY_IS_DELETED or INVALID_CROSS_REFERENCE_KEY otherwise. */
export function existing(org: Org, id: string): StoredRecord {
	const key = normalizeId(id);
	if (!key || !isIdOf('Contact', key)) throw refuse.malformedId('Contact ID', id);
	const record = org.contact.records.get(key);
	if (record) return record;
	throw org.contact.deleted.has(key) ? refuse.deleted() : refuse.noSuchRecord();
}

/** @param written only what this call sets: a value that stays as it is was unique before. */
function checkRules(
	org: Org,
	writer: Writer,
	record: StoredRecord,
	written: StoredRecord,
	operation: 'create' | 'update',
): void {
	failOnPurpose(org, record);
	checkValidationRules(org, record);
	checkUnique(org.contact, written, typeof record.Id === 'string' ? record.Id : undefined);
	checkDuplicates(org, record, operation, writer.duplicates, writer.version);
}

function failOnPurpose(org: Org, record: StoredRecord): void {
	const id = typeof record.Id === 'string' ? record.Id : undefined;
	const fault = org.rowFaults.find((one) => one.times > 0 && one.when({ id, values: record }));
	if (!fault) return;
	fault.times--;
	throw fault.error;
}
