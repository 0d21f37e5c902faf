import type { ILoadOptionsFunctions, INodePropertyOptions, ResourceMapperFields } from 'n8n-workflow';

import { toNodeError } from '../../../http/nodeError';
import type { WritableField } from '../../../vendors/shared/contactField';
import type { Crm } from './crm';
import { toMapperFields } from './mapper';

/** The live lists of a Create or Update Contact node. */
export function createOrUpdateMethods(crm: Crm) {
	return {
		resourceMapping: {
			async getContactFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
				return toMapperFields(
					await liveFields(this, crm),
					crm.required.map(({ id }) => id),
				);
			},
		},
		loadOptions: {
			/** Text fields that can take a summary or a marker; long ones first, after the choice of none. */
			async getSummaryFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				const fields = (await liveFields(this, crm)).filter(
					(field) => field.type === 'text' && !field.options && !field.key,
				);
				const options = fields
					.sort((a, b) => Number(b.multiline ?? false) - Number(a.multiline ?? false) || a.label.localeCompare(b.label))
					.map((field) => ({ name: field.label, value: field.id }));
				// The editor marks a value that is not in the list, and nothing chosen is a value.
				return [{ name: 'None', value: '' }, ...options];
			},
		},
	};
}

async function liveFields(context: ILoadOptionsFunctions, crm: Crm): Promise<WritableField[]> {
	try {
		const open = await crm.open(context);
		return await open.fields();
	} catch (thrown) {
		throw toNodeError(context.getNode(), thrown);
	}
}
