import type { WritableField } from '../../../vendors/shared/contactField';

/** "The Field" of a contact: a text that may be left out, unless told otherwise. */
export const theField = (more: Partial<WritableField> = {}): WritableField => ({
	id: 'F',
	label: 'The Field',
	type: 'text',
	required: false,
	...more,
});
