import { z } from 'zod';

import { asError, RequestError } from '../../http/errors';
import type { WritableField } from '../shared/contactField';
import { entryOf } from '../shared/entry';
import type { ZohoApi } from './api';
import { isApiName } from './coql';
import { API } from './connection';

/** What contacts are found by. */
export const EMAIL = 'Email';
export const LAST_NAME = 'Last_Name';
const FIRST_NAME = 'First_Name';

const pickListValue = z.object({
	actual_value: z.string(),
	display_value: z.string().nullish(),
	type: z.string().nullish(),
});

/** A field as `GET /settings/fields` lists it (crm-oas v8.0, fields.json). */
const fieldMetadata = z.object({
	api_name: z.string(),
	field_label: z.string().nullish(),
	display_label: z.string().nullish(),
	data_type: z.string(),
	length: z.number().nullish().catch(undefined),
	system_mandatory: z.boolean().nullish().catch(undefined),
	read_only: z.boolean().nullish().catch(undefined),
	field_read_only: z.boolean().nullish().catch(undefined),
	visible: z.boolean().nullish().catch(undefined),
	operation_type: z
		.object({ api_create: z.boolean().nullish(), api_update: z.boolean().nullish() })
		.nullish()
		.catch(undefined),
	pick_list_values: z.array(pickListValue).nullish().catch(undefined),
});
type FieldMetadata = z.infer<typeof fieldMetadata>;

const fieldList = z.object({ fields: z.array(z.unknown()) });

const layoutList = z.object({
	layouts: z.array(
		z.object({
			status: z.string().nullish().catch(undefined),
			sections: z
				.array(
					z.object({
						fields: z
							.array(z.object({ api_name: z.string(), required: z.boolean().nullish().catch(undefined) }))
							.nullish()
							.catch(undefined),
					}),
				)
				.catch([]),
		}),
	),
});

type Shape = Pick<WritableField, 'type' | 'multiline' | 'integer'>;

/** Zoho's types that can be written as one value, and what they are to the engine. */
const SHAPES: Record<string, Shape> = {
	text: { type: 'text' },
	email: { type: 'text' },
	phone: { type: 'text' },
	picklist: { type: 'text' },
	textarea: { type: 'text', multiline: true },
	website: { type: 'text' },
	integer: { type: 'number', integer: true },
	// Up to 18 digits: more than a JavaScript number holds, so that Zoho itself gives and takes them as text.
	bigint: { type: 'text' },
	double: { type: 'number' },
	currency: { type: 'number' },
	percent: { type: 'number' },
	boolean: { type: 'boolean' },
	date: { type: 'date' },
	datetime: { type: 'dateTime' },
	multiselectpicklist: { type: 'list' },
};

/** Types whose `length` counts characters of the value. */
const MEASURED = new Set(['text', 'email', 'phone', 'textarea', 'website', 'bigint']);

/** Zoho's word for "nothing chosen": as a choice it would be written again in each run, because nothing is stored for it. */
const NOTHING_CHOSEN = '-None-';

/**
 * The contact's fields that can be written on create and on update, with choices, lengths, and which ones Zoho insists on:
 * mandatory for the system, or in the layout. Two calls; only for the editor.
 * @throws RequestError
 */
export async function zohoFields(api: ZohoApi): Promise<WritableField[]> {
	const [metadata, inLayout] = await Promise.all([readFields(api), mandatoryInLayouts(api)]);
	return metadata.filter(isWritable).flatMap((field) => {
		const shape = entryOf(SHAPES, field.data_type);
		return shape ? [toWritable(field, shape, inLayout.has(field.api_name))] : [];
	});
}

async function readFields(api: ZohoApi): Promise<FieldMetadata[]> {
	const { json, status } = await api.json({
		purpose: 'read the fields of contacts',
		scope: 'ZohoCRM.settings.fields.READ',
		effect: 'read',
		method: 'GET',
		path: `${API}/settings/fields`,
		query: { module: 'Contacts' },
	});
	const list = fieldList.safeParse(json);
	if (!list.success) {
		throw new RequestError('badAnswer', 'Zoho CRM did not list the fields of contacts', {
			status,
			description: 'Check that the connected user may see the module Contacts.',
		});
	}
	return list.data.fields.flatMap((entry) => {
		const field = fieldMetadata.safeParse(entry);
		return field.success ? [field.data] : [];
	});
}

/**
 * Fields that every active layout asks for: which layout a contact gets is only known to Zoho. The list of fields does
 * not tell (B7). A connection that may not read layouts, such as one made before this was asked for, goes without.
 */
async function mandatoryInLayouts(api: ZohoApi): Promise<Set<string>> {
	try {
		const { json } = await api.json({
			purpose: 'read the layouts of contacts',
			scope: 'ZohoCRM.settings.layouts.READ',
			effect: 'read',
			method: 'GET',
			path: `${API}/settings/layouts`,
			query: { module: 'Contacts' },
		});
		const parsed = layoutList.safeParse(json);
		const layouts = parsed.success ? parsed.data.layouts.filter(({ status }) => status !== 'inactive') : [];
		const [first = new Set<string>(), ...others] = layouts.map(
			({ sections }) =>
				new Set(
					sections.flatMap(({ fields }) => fields ?? []).flatMap((field) => (field.required ? [field.api_name] : [])),
				),
		);
		return new Set([...first].filter((name) => others.every((other) => other.has(name))));
	} catch (thrown) {
		if (thrown instanceof RequestError && (thrown.kind === 'forbidden' || thrown.kind === 'refused')) return new Set();
		throw asError(thrown);
	}
}

function isWritable(field: FieldMetadata): boolean {
	const { api_create: create, api_update: update } = field.operation_type ?? {};
	const readOnly = field.read_only === true || field.field_read_only === true;
	return create === true && update === true && !readOnly && field.visible !== false && isApiName(field.api_name);
}

function toWritable(field: FieldMetadata, shape: Shape, inLayout: boolean): WritableField {
	const choices = field.pick_list_values?.filter(
		({ type, actual_value }) => type !== 'unused' && actual_value !== NOTHING_CHOSEN,
	);
	const picks = field.data_type === 'picklist' || field.data_type === 'multiselectpicklist';
	return {
		id: field.api_name,
		label: field.display_label || field.field_label || field.api_name,
		...shape,
		required: field.api_name === EMAIL || field.system_mandatory === true || inLayout,
		key: field.api_name === EMAIL,
		name: field.api_name === FIRST_NAME || field.api_name === LAST_NAME,
		// Zoho stores the actual value and shows people the other one. Which list refuses other values it doesn't tell.
		options: picks
			? choices?.map(({ actual_value, display_value }) => ({
					value: actual_value,
					label: display_value || actual_value,
				}))
			: undefined,
		maxLength: MEASURED.has(field.data_type) && field.length ? field.length : undefined,
	};
}
