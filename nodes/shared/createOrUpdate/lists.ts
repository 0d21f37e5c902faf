import type { ILoadOptionsFunctions, INodePropertyOptions, ResourceMapperFields } from 'n8n-workflow';

import { toNodeError } from '../../../http/nodeError';
import type { WritableField } from '../../../vendors/shared/contactField';
import type { Crm } from './crm';
import { toMapperFields } from './mapper';

/** The vendor's live fields for the resource mapper. */
export async function contactFields(context: ILoadOptionsFunctions, crm: Crm): Promise<ResourceMapperFields> {
	return toMapperFields(
		await liveFields(context, crm),
		crm.required.map(({ id }) => id),
	);
}

/** Text fields that can take a summary or a marker; long ones first, after the choice of none. */
export async function summaryFields(context: ILoadOptionsFunctions, crm: Crm): Promise<INodePropertyOptions[]> {
	const fields = (await liveFields(context, crm)).filter(
		(field) => field.type === 'text' && !field.options && !field.key,
	);
	const options = fields
		.sort((a, b) => Number(b.multiline ?? false) - Number(a.multiline ?? false) || a.label.localeCompare(b.label))
		.map((field) => ({ name: field.label, value: field.id }));
	// The editor marks a value that is not in the list, and nothing chosen is a value.
	return [{ name: 'None', value: '' }, ...options];
}

async function liveFields(context: ILoadOptionsFunctions, crm: Crm): Promise<WritableField[]> {
	try {
		const open = await crm.open(context);
		return await open.fields();
	} catch (thrown) {
		throw toNodeError(context.getNode(), thrown);
	}
}
