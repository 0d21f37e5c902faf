import { loadPhoneReader } from '../../../vendors/shared/phone';
import { PHONE, watiDirectory, watiFields } from '../../../vendors/wati/directory';
import type { Crm } from '../createOrUpdate/crm';
import { openWatiClient } from './connection';
import { newAttributes } from './newAttributes';

/** WATI: contacts are found by their WhatsApp number. */
export const watiCrm: Crm = {
	service: 'WATI',
	required: [{ id: PHONE, label: 'WhatsApp Number' }],
	alwaysSaveSummary: false,
	defaultOrigin: { kind: 'marker', field: 'created_by', value: 'n8n' },
	moreValues: newAttributes,
	async open(context) {
		const client = await openWatiClient(context);
		const readPhone = await loadPhoneReader();
		return {
			fields: async () => await watiFields(client),
			readContact(values, defaultCountry) {
				const phone = readPhone(values.get(PHONE), 'WhatsApp Number', defaultCountry);
				return {
					key: { field: PHONE, label: 'WhatsApp Number', value: phone.e164, compare: phone.digits },
					values: new Map([...values, [PHONE, phone.digits]]),
				};
			},
			directory: (fields) => watiDirectory(client, fields),
		};
	},
};
