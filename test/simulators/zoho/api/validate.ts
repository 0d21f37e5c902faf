import { isObject } from '../../kit/input';
import type { Contacts } from '../contacts/contacts';
import type { Row } from '../contacts/row';
import { errorBody, type ErrorBody } from '../errors';
import { checkValue } from '../fields/check';
import { contactFields, fieldNamed, layoutId, type FieldSpec } from '../fields/table';
import type { ZohoSettings } from '../settings';

/** What a row would write, or why not. */
export type Validated = { values: Record<string, unknown> } | { problems: ErrorBody[] };

export interface RowContext {
	contacts: Contacts;
	settings: ZohoSettings;
	/** Place of the row in `data`. */
	index: number;
	/** The contact that is updated; none: an insert. */
	existing?: Row;
	/** Upsert asks for mandatory fields also when it updates. Ours: OAS "MandatoryNotFoundRecordId". */
	wantsMandatory: boolean;
}

/** Keys of a row that are no fields. */
const besides = ['id', 'Layout', '$append_values'];

/** Checks a row as Zoho does before it writes: known fields, types, lengths, pick lists, mandatory and unique fields. */
export function validateRow(row: unknown, context: RowContext): Validated {
	if (!isObject(row)) {
		const details = { expected_data_type: 'jsonobject', json_path: `$.data[${context.index}]` };
		return { problems: [errorBody('INVALID_DATA', 'invalid data', details)] };
	}
	const named = Object.entries(row).filter(([name]) => !besides.includes(name));
	const layout = layoutOf(row);
	const values: Record<string, unknown> = {};
	const problems = layout === 'unknown' ? [problem('INVALID_DATA', 'Layout', context)] : missing(row, layout, context);
	for (const [name, value] of named) {
		const spec = fieldNamed(name);
		// With a layout named, fields outside it are left alone without a word (OAS, upsertRecords).
		if (!spec || (layout === 'known' && spec.offLayout)) {
			if (!spec && context.settings.unknownFields === 'refuse') problems.push(problem('INVALID_DATA', name, context));
		} else if (!isWritable(spec, context)) {
			if (context.settings.readOnlyFields === 'refuse') problems.push(problem('INVALID_DATA', name, context));
		} else {
			const bad = valueProblem(spec, value, context);
			if (bad) problems.push(bad);
			else values[name] = value;
		}
	}
	return problems.length > 0 ? { problems } : { values };
}

function layoutOf(row: Record<string, unknown>): 'none' | 'known' | 'unknown' {
	if (row['Layout'] === undefined) return 'none';
	return isObject(row['Layout']) && row['Layout']['id'] === layoutId ? 'known' : 'unknown';
}

const isWritable = (spec: FieldSpec, context: RowContext): boolean =>
	spec.writable === undefined || (spec.writable === 'create' && !context.existing);

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Mandatory fields that a row leaves out or empties; the layout's own only where the layout counts. */
function missing(row: Record<string, unknown>, layout: string, context: RowContext): ErrorBody[] {
	const kinds = layout === 'known' || context.settings.alwaysCheckLayout ? ['system', 'layout'] : ['system'];
	return contactFields
		.filter((spec) => kinds.includes(spec.mandatory ?? ''))
		.filter(({ name }) =>
			context.wantsMandatory || !context.existing ? isBlank(row[name]) : name in row && isBlank(row[name]),
		)
		.map(({ name }) => problem('MANDATORY_NOT_FOUND', name, context));
}

function valueProblem(spec: FieldSpec, value: unknown, context: RowContext): ErrorBody | undefined {
	const bad = checkValue(spec, value);
	if (bad) return problem('INVALID_DATA', spec.name, context, bad);
	const [holder, ...more] = spec.unique ? context.contacts.having(spec.name, value) : [];
	if (!holder || holder.id === context.existing?.id) return undefined;
	return duplicate(spec.name, holder, more.length > 0, context);
}

/** DUPLICATE_DATA that names the contact which has the value (B6, OAS). */
export function duplicate(name: string, holder: Row, more: boolean, context: Pick<RowContext, 'index'>): ErrorBody {
	const owner = isObject(holder['Owner']) ? { name: holder['Owner']['name'], id: holder['Owner']['id'] } : undefined;
	const module = { api_name: 'Contacts', id: '5725767000000002179' };
	return problem('DUPLICATE_DATA', name, context, {
		id: holder.id,
		duplicate_record: { id: holder.id, Owner: owner, module },
		more_records: more,
	});
}

const messages: Record<string, string> = {
	MANDATORY_NOT_FOUND: 'required field not found',
	INVALID_DATA: 'invalid data',
	DUPLICATE_DATA: 'duplicate data',
	RECORD_LOCKED: 'the record is locked',
};

export function problem(
	code: string,
	name: string,
	{ index }: Pick<RowContext, 'index'>,
	more: object = {},
): ErrorBody {
	return errorBody(code, messages[code] ?? code, { ...more, api_name: name, json_path: `$.data[${index}].${name}` });
}
