import type { FieldType, FieldValue } from '../../upsert/types';
import type { SalesforceRecord } from './schemas';

/** A multi-select picklist is text with semicolons at Salesforce; all other types are what they are in the engine. */
export function fromSalesforce(type: FieldType, value: SalesforceRecord[string] | undefined): FieldValue {
	if (value === undefined || value === null) return null;
	return type === 'list' ? String(value).split(';') : value;
}

/** An empty list clears the field, as null does. A box has no third state: Salesforce refuses null for one (A6). */
export function toSalesforce(value: FieldValue, type: FieldType = 'text'): SalesforceRecord[string] {
	if (value === null && type === 'boolean') return false;
	return Array.isArray(value) ? value.join(';') || null : value;
}
