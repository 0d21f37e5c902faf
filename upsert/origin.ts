import { fieldType, sameValue, type FieldTable } from './changes';
import { isEmpty } from './emptyValues';
import type { Origin, StoredContact } from './types';

/**
 * Whether this integration made the contact, by what the contact itself shows.
 * An empty marker or user id recognises nothing: otherwise every contact without a marker would be ours.
 */
export function isOurs(contact: StoredContact, origin: Origin, fields: FieldTable): boolean {
	if (origin.kind === 'connectedUser') return origin.userId !== '' && contact.createdBy === origin.userId;
	if (origin.kind === 'none' || isEmpty(origin.value)) return false;
	return sameValue(contact.fields.get(origin.field), origin.value, fieldType(fields, origin.field));
}
