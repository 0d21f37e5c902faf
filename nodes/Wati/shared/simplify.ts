import type { IDataObject } from 'n8n-workflow';

import { e164 } from '../../shared/e164';
import type { WatiContact } from '../../../vendors/wati/schemas';

/** The fields of a contact that a builder maps; attributes as an object by name. */
export function simpleContact(contact: WatiContact): IDataObject {
	return {
		id: contact.id ?? null,
		name: contact.name ?? null,
		phone: e164(contact.phone || contact.wa_id),
		...withBsuid(contact),
		status: contact.contact_status ?? null,
		source: contact.source ?? null,
		optedIn: contact.opted_in ?? null,
		teams: contact.teams ?? [],
		attributes: Object.fromEntries((contact.custom_params ?? []).map(({ name, value }) => [name, value ?? ''])),
		createdAt: contact.created ?? null,
		updatedAt: contact.last_updated ?? null,
	};
}

/** The business-scoped user ID, where the account has them: of a contact without a phone number it is the only address. */
export function withBsuid({ bsuid }: { bsuid?: string | null }): { bsuid?: string } {
	return bsuid ? { bsuid } : {};
}

/** Where other names are usual in what this node gives out. */
const RENAMED: Record<string, string> = { created: 'createdAt', last_updated: 'updatedAt' };

/**
 * An answer of which WATI documents too little to choose fields, with the names written as those of all other outputs:
 * `contact_id` becomes `contactId`, `created` becomes `createdAt`. What is inside of a field stays as it is.
 */
export function camelCased(answer: object): IDataObject {
	return Object.fromEntries(Object.entries(answer).map(([name, value]) => [RENAMED[name] ?? camelCase(name), value]));
}

const camelCase = (name: string): string => name.replace(/_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());
