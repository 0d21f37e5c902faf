import type {
	IExecuteFunctions,
	FieldType as MapperType,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { z } from 'zod';

import { InputProblem } from '../../../http/errors';
import type { FieldType } from '../../../upsert/types';
import { fieldValue, type WritableField } from '../../../vendors/shared/contactField';
import { entryOf } from '../../../vendors/shared/entry';
import type { ItemParameters } from '../itemParameters';
import { mappedExpressions } from './mappedExpressions';

const INPUT: Record<FieldType, MapperType> = {
	text: 'string',
	number: 'number',
	boolean: 'boolean',
	date: 'dateTime',
	dateTime: 'dateTime',
	list: 'array',
};

/** What the editor keeps of a field besides what it knows: needed again when the node runs, so that no field call is. */
export interface MapperField extends ResourceMapperField {
	field: Pick<WritableField, 'type' | 'maxLength' | 'restricted' | 'integer'>;
}

/**
 * The vendor's live fields as the resource mapper shows them: what contacts are found by comes first, then what must be
 * there, to this node or to the vendor. These are in the mapping from the start; the builder adds the others, of which
 * the name comes first.
 */
export function toMapperFields(fields: readonly WritableField[], required: readonly string[]): ResourceMapperFields {
	const isRequired = (field: WritableField): boolean => field.required || required.includes(field.id);
	const rank = (field: WritableField): number => {
		if (field.key) return -1;
		if (required.includes(field.id)) return required.indexOf(field.id);
		return required.length + (field.required ? 0 : field.name ? 1 : 2);
	};
	const sorted = [...fields].sort((a, b) => rank(a) - rank(b) || a.label.localeCompare(b.label));
	return { fields: sorted.map((field) => toMapperField(field, isRequired(field))) };
}

function toMapperField(field: WritableField, required: boolean): MapperField {
	return {
		id: field.id,
		displayName: field.label,
		required,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: !required && !field.key,
		type: field.options && field.type === 'text' ? 'options' : INPUT[field.type],
		options: field.options?.map(({ value, label }) => ({ name: label, value })),
		field: { type: field.type, maxLength: field.maxLength, restricted: field.restricted, integer: field.integer },
	};
}

const head = z.object({
	mappingMode: z.enum(['defineBelow', 'autoMapInputData']).catch('defineBelow'),
	value: z.record(z.unknown()).nullish().catch(null),
});
const schemaOf = z
	.array(
		z
			.object({
				id: z.string(),
				displayName: z.string(),
				required: z.boolean().catch(false),
				removed: z.boolean().catch(false),
				type: z.string().nullish(),
				options: z
					.array(
						z
							.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean()]).transform(String) })
							.passthrough(),
					)
					.nullish()
					.catch(null),
				field: z
					.object({
						type: z.enum(['text', 'number', 'boolean', 'date', 'dateTime', 'list']),
						maxLength: z.number().optional(),
						restricted: z.boolean().optional(),
						integer: z.boolean().optional(),
					})
					.optional()
					.catch(undefined),
			})
			.passthrough(),
	)
	.catch([]);
type Schema = z.infer<typeof schemaOf>;
export type StoredMapping = z.infer<typeof head> & { schema: Schema };

/** What the items of a run share: read for each, it would take longer than all else. */
export interface MappingMemory {
	/** Schemas by their text. */
	schemas: Map<string, Schema>;
	expressions: ReturnType<typeof mappedExpressions>;
}

export const newMappingMemory = (n8n: IExecuteFunctions): MappingMemory => ({
	schemas: new Map(),
	expressions: mappedExpressions(n8n),
});

const TYPE_OF_INPUT: Record<string, FieldType> = {
	number: 'number',
	boolean: 'boolean',
	dateTime: 'dateTime',
	array: 'list',
};

/** The mapper of an item as it was stored; whatever is there, since an AI agent or an import may have written it. */
export function readMapping(item: ItemParameters, memory: MappingMemory = newMappingMemory(item.n8n)): StoredMapping {
	const value = memory.expressions?.(item.index) ?? item.get('fields');
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		return { ...head.parse(value), schema: readSchema('schema' in value ? value.schema : undefined, memory.schemas) };
	}
	throw new InputProblem('Fields is empty', {
		field: 'Fields',
		found: value,
		expected: 'at least the fields that are required',
	});
}

function readSchema(value: unknown, memory: MappingMemory['schemas']): Schema {
	const text = JSON.stringify(value) ?? '';
	const schema = memory.get(text) ?? schemaOf.parse(value);
	memory.set(text, schema);
	return schema;
}

type StoredFields = ReturnType<typeof readFields>;
const fieldsOf = new WeakMap<Schema, StoredFields>();

/** The fields that the stored mapping knows, without a call. `needsLive` when a mapped one can't be understood without asking. */
export function storedFields({ schema }: StoredMapping): StoredFields {
	const known = fieldsOf.get(schema) ?? readFields(schema);
	fieldsOf.set(schema, known);
	return known;
}

function readFields(schema: Schema): { fields: ReadonlyMap<string, WritableField>; needsLive: boolean } {
	const fields = new Map<string, WritableField>();
	let needsLive = false;
	for (const entry of schema) {
		if (!entry.field && !entry.removed && (entry.type === 'dateTime' || entry.type === 'array')) needsLive = true;
		fields.set(entry.id, {
			id: entry.id,
			label: entry.displayName,
			type: entry.field?.type ?? entryOf(TYPE_OF_INPUT, entry.type ?? '') ?? 'text',
			required: entry.required,
			options: entry.options?.map(({ name, value }) => ({ label: name, value })),
			maxLength: entry.field?.maxLength,
			restricted: entry.field?.restricted,
			integer: entry.field?.integer,
		});
	}
	return { fields, needsLive };
}

/**
 * The values of an item by field id, each as its field can hold it.
 * Mapped automatically, only fields of the mapping count: the item of an AI agent also holds its own things.
 * @param zone of times without an offset; see fieldValue.
 * @throws InputProblem that names the field by its label.
 */
export function mappedValues(
	mapping: StoredMapping,
	fields: ReadonlyMap<string, WritableField>,
	json: Record<string, unknown>,
	zone?: string,
): Map<string, ReturnType<typeof fieldValue>> {
	const automatic = mapping.mappingMode === 'autoMapInputData';
	const given = automatic ? json : (mapping.value ?? {});
	const removed = new Set(mapping.schema.filter((entry) => entry.removed && !automatic).map(({ id }) => id));
	const values = new Map<string, ReturnType<typeof fieldValue>>();
	for (const [id, value] of Object.entries(given)) {
		const field = fields.get(id);
		if (!field && automatic) continue;
		if (removed.has(id) && (value === null || value === undefined || value === '')) continue;
		values.set(id, fieldValue(field ?? { id, label: id, type: 'text', required: false }, value, zone));
	}
	return values;
}
