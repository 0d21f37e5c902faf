import { z } from 'zod';

import { n8nTransport } from '../../http/n8nTransport';
import { loadPhoneReader } from '../../vendors/shared/phone';
import { parseWatiConnection, watiClient } from '../../vendors/wati/connection';
import { PHONE, watiDirectory, watiFields } from '../../vendors/wati/directory';
import type { Crm } from '../shared/createOrUpdate/crm';

const CREDENTIAL = 'watiConnectionApi';
const credential = z.object({ apiEndpoint: z.string().catch(''), accessToken: z.string().catch('') });

/** WATI: contacts are found by their WhatsApp number. */
export const watiCrm: Crm = {
	service: 'WATI',
	required: [{ id: PHONE, label: 'WhatsApp Number' }],
	alwaysSaveSummary: false,
	defaultOrigin: { kind: 'marker', field: 'created_by', value: 'n8n' },
	async open(context) {
		const connection = parseWatiConnection(credential.parse(await context.getCredentials(CREDENTIAL)));
		const client = watiClient(n8nTransport(context, CREDENTIAL), connection);
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
