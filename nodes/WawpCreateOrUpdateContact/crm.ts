import { InputProblem } from '../../http/errors';
import { n8nTransport } from '../../http/n8nTransport';
import type { FieldValues } from '../../upsert/types';
import { loadPhoneReader } from '../../vendors/shared/phone';
import { readAddress } from '../../vendors/wawp/chatId';
import { wawpApi } from '../../vendors/wawp/connection';
import { FIRST_NAME, LAST_NAME, WAWP_FIELDS, wawpDirectory } from '../../vendors/wawp/directory';
import type { WantedNames } from '../../vendors/wawp/names';
import type { Crm } from '../shared/createOrUpdate/crm';
import { readWawpConnection, WAWP_CREDENTIAL } from './connection';

/** Wawp: contacts are names in the address book of a WhatsApp session, found by chat id. */
export const wawpCrm: Crm = {
	service: 'Wawp',
	// Phone Number or Chat ID as well: readContact says so where both are missing.
	required: [{ id: FIRST_NAME, label: 'First Name' }],
	alwaysSaveSummary: false,
	defaultOrigin: { kind: 'none' },
	async open(context) {
		const connection = readWawpConnection(await context.getCredentials(WAWP_CREDENTIAL));
		const api = wawpApi(n8nTransport(context, WAWP_CREDENTIAL), connection);
		const readPhone = await loadPhoneReader();
		const wanted = new Map<string, WantedNames[]>();
		return {
			fields: async () => [...WAWP_FIELDS],
			readContact(values, defaultCountry) {
				const unknown = [...values].find(
					([id, value]) => value !== null && !WAWP_FIELDS.some((field) => field.id === id),
				);
				if (unknown) throw noSuchField(unknown[0]);
				const address = readAddress(
					{ phone: values.get('phone'), chatId: values.get('chatId') },
					readPhone,
					defaultCountry,
				);
				const { field, value, chatId } = address;
				wanted.set(chatId, [...(wanted.get(chatId) ?? []), wantedNames(values)]);
				const label = WAWP_FIELDS.find(({ id }) => id === field)?.label ?? field;
				const names = [...values].filter(([id]) => id === FIRST_NAME || id === LAST_NAME);
				return { key: { field, label, value, compare: chatId }, values: new Map([...names, [field, value]]) };
			},
			directory: (fields) => wawpDirectory(api, fields, wanted),
		};
	},
};

function noSuchField(id: string): InputProblem {
	return new InputProblem(`Wawp keeps no field "${id}" of a contact`, {
		field: id,
		expected: `one of ${WAWP_FIELDS.map(({ label }) => label).join(', ')}`,
		mend: 'Choose the field from the list of the node.',
	});
}

function wantedNames(values: FieldValues): WantedNames {
	const last = values.get(LAST_NAME);
	return {
		firstName: String(values.get(FIRST_NAME) ?? ''),
		lastName: last === undefined || last === null ? undefined : String(last),
	};
}
