import type { FieldType } from '../../upsert/types';
import type { WritableField } from '../shared/contactField';
import { entryOf } from '../shared/entry';
import { DATA_PATH, type SalesforceApi } from './api';
import { describeSchema, type DescribedField } from './schemas';

export const EMAIL = { id: 'Email', label: 'Email' };
export const LAST_NAME = { id: 'LastName', label: 'Last Name' };
const FIRST_NAME = 'FirstName';

/** Types of describe that can be mapped (A8). Left out: references, compound fields, and what the platform computes. */
const TYPES: Partial<Record<string, FieldType>> = {
	string: 'text',
	email: 'text',
	phone: 'text',
	textarea: 'text',
	url: 'text',
	picklist: 'text',
	boolean: 'boolean',
	int: 'number',
	double: 'number',
	currency: 'number',
	percent: 'number',
	date: 'date',
	datetime: 'dateTime',
	multipicklist: 'list',
};

/** The fields that the connected user can write both on create and on update. @throws RequestError */
export async function salesforceFields(api: SalesforceApi): Promise<WritableField[]> {
	const { fields } = await api.read(describeSchema, {
		purpose: 'list the fields of contacts',
		effect: 'read',
		method: 'GET',
		path: `${DATA_PATH}/sobjects/Contact/describe`,
	});
	const writable = fields.filter((field) => field.createable && field.updateable && !field.deprecatedAndHidden);
	return withDistinctLabels(writable.flatMap(toWritable));
}

function toWritable(field: DescribedField): WritableField[] {
	const type = entryOf(TYPES, field.type);
	if (!type) return [];
	const isChoice = field.type === 'picklist' || field.type === 'multipicklist';
	const alwaysRequired = field.name === EMAIL.id || field.name === LAST_NAME.id;
	return [
		{
			id: field.name,
			label: field.label,
			type,
			required: alwaysRequired || (!field.nillable && !field.defaultedOnCreate),
			key: field.name === EMAIL.id || undefined,
			name: field.name === FIRST_NAME || field.name === LAST_NAME.id || undefined,
			options: isChoice ? options(field) : undefined,
			// Which choices a dependent picklist has depends on another field: Salesforce itself has to say.
			restricted: (isChoice && field.restrictedPicklist && !field.dependentPicklist) || undefined,
			maxLength: type === 'text' && field.length > 0 ? field.length : undefined,
			integer: field.type === 'int' || undefined,
			multiline: field.type === 'textarea' || undefined,
		},
	];
}

function options({ picklistValues }: DescribedField): WritableField['options'] {
	return (picklistValues ?? [])
		.filter(({ active }) => active)
		.map(({ value, label }) => ({ value, label: label ?? value }));
}

/** Orgs have fields of the same label; only those show their API name too. */
function withDistinctLabels(fields: WritableField[]): WritableField[] {
	const times = new Map<string, number>();
	for (const { label } of fields) times.set(label, (times.get(label) ?? 0) + 1);
	return fields.map((field) =>
		(times.get(field.label) ?? 0) > 1 ? { ...field, label: `${field.label} (${field.id})` } : field,
	);
}
