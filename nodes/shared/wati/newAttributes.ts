import { z } from 'zod';

import type { FieldValue } from '../../../upsert/types';
import { isBlank, requiredText } from '../../../vendors/shared/checks';
import { fieldValue } from '../../../vendors/shared/contactField';
import type { ItemParameters } from '../itemParameters';

const NEW_ATTRIBUTES = 'New Attributes';

/** New attributes that a builder adds by hand (WATI): they count as mapped. @throws InputProblem */
export function newAttributes(item: ItemParameters): Array<[string, FieldValue]> {
	const rows = z
		.object({ attribute: z.array(z.object({ name: z.unknown(), value: z.unknown() })) })
		.catch({ attribute: [] })
		.parse(item.option('newAttributes')).attribute;
	const given = rows.filter(({ name, value }) => !isBlank(name) || !isBlank(value));
	return given.map(({ name, value }) => {
		const id = requiredText(name, `${NEW_ATTRIBUTES} > Name`).trim();
		return [id, fieldValue({ id, label: `${NEW_ATTRIBUTES} > ${id}`, type: 'text', required: false }, value)];
	});
}
