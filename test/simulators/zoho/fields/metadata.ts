import { contactFields, isFilterable, layoutId, type FieldSpec, type FieldType, type PicklistValue } from './table';

const jsonTypes: Record<FieldType, string> = {
	text: 'string',
	textarea: 'string',
	email: 'string',
	phone: 'string',
	website: 'string',
	picklist: 'string',
	multiselectpicklist: 'jsonarray',
	boolean: 'boolean',
	integer: 'integer',
	double: 'double',
	currency: 'double',
	percent: 'double',
	date: 'string',
	datetime: 'string',
	lookup: 'jsonobject',
	ownerlookup: 'jsonobject',
	formula: 'string',
	bigint: 'string',
};

const idOf = (number: number): string => `5725767000000${String(2000 + number).padStart(6, '0')}`;

const picklistValue = (value: PicklistValue, index: number) => ({
	id: idOf(900 + index),
	display_value: value.display,
	actual_value: value.actual,
	reference_value: value.actual,
	sequence_number: index + 1,
	colour_code: null,
	type: 'used',
});

/**
 * A field as `GET /settings/fields` lists it (B7). Nothing in it tells of the layout's own mandatory fields or pick lists,
 * nor which pick list refuses unknown values. An empty object is "none" for `unique`, `lookup` and `formula`, as in the OAS sample.
 */
export function fieldMetadata(spec: FieldSpec) {
	const canCreate = spec.writable !== 'never';
	const canUpdate = spec.writable === undefined;
	return {
		id: idOf(contactFields.indexOf(spec)),
		api_name: spec.name,
		field_label: spec.label,
		display_label: spec.label,
		data_type: spec.type,
		json_type: jsonTypes[spec.type],
		length: spec.length,
		decimal_place: null,
		system_mandatory: spec.mandatory === 'system',
		read_only: spec.type === 'formula' || spec.name === 'Full_Name',
		field_read_only: spec.writable === 'never',
		custom_field: spec.custom === true,
		visible: true,
		virtual_field: false,
		type: 'used',
		created_source: spec.custom ? 'custom' : 'default',
		searchable: isFilterable(spec),
		filterable: isFilterable(spec),
		sortable: isFilterable(spec),
		view_type: { view: true, edit: canUpdate, create: canCreate, quick_create: spec.mandatory === 'system' },
		operation_type: { web_create: canCreate, web_update: canUpdate, api_create: canCreate, api_update: canUpdate },
		pick_list_values: (spec.values ?? []).map(picklistValue),
		unique: spec.unique ? { casesensitive: 'false' } : {},
		lookup:
			spec.type === 'lookup' ? { module: { api_name: 'Accounts', id: idOf(500) }, display_label: 'Contacts' } : {},
		formula: spec.type === 'formula' ? { return_type: 'string', expression: "If(${Lead_Score}>=50,'hot','cold')" } : {},
		default_value: null,
	};
}

/** `GET /settings/layouts`: the one layout, its mandatory fields (`required`) and its own pick lists. */
export function layoutMetadata() {
	const fields = contactFields
		.filter((spec) => !spec.offLayout)
		.map((spec, index) => ({
			...fieldMetadata(spec),
			required: spec.mandatory !== undefined,
			sequence_number: index + 1,
			pick_list_values: (spec.values ?? []).filter((value) => !value.hidden).map(picklistValue),
		}));
	return {
		id: layoutId,
		name: 'Standard',
		api_name: 'Standard',
		display_label: 'Standard',
		status: 'active',
		visible: true,
		sections: [
			{
				id: idOf(700),
				api_name: 'Contact_Information',
				name: 'Contact Information',
				display_label: 'Contact Information',
				fields,
			},
		],
	};
}
