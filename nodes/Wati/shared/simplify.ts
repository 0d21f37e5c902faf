import type { IDataObject } from 'n8n-workflow';

import type { WatiContact } from '../../../vendors/wati/schemas';

/** The fields of a contact that a builder maps; attributes as an object by name. */
export function simpleContact(contact: WatiContact): IDataObject {
	return {
		id: contact.id ?? null,
		name: contact.name ?? null,
		phone: contact.phone ?? contact.wa_id ?? null,
		status: contact.contact_status ?? null,
		source: contact.source ?? null,
		optedIn: contact.opted_in ?? null,
		teams: contact.teams ?? [],
		attributes: Object.fromEntries((contact.custom_params ?? []).map(({ name, value }) => [name, value ?? ''])),
		createdAt: contact.created ?? null,
		updatedAt: contact.last_updated ?? null,
	};
}
