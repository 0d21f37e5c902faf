import { InputProblem, show } from '../../http/errors';
import type { FieldType, FieldValue } from '../../upsert/types';
import { datesAsText, parseTime } from './calendar';
import { yesOrNo } from './checks';
import { momentIn } from './time';

/** A field of a vendor's contact that can be written both on create and on update. */
export interface WritableField {
	id: string;
	/** The vendor's own label, as the builder knows it. */
	label: string;
	type: FieldType;
	/** Must be there on create. */
	required: boolean;
	/** What contacts are found by. */
	key?: boolean;
	/** A part of the contact's name: nearly every builder maps it, so that it is listed before the many others. */
	name?: boolean;
	/** The vendor's choices: what is stored, and what people read. */
	options?: Array<{ value: string; label: string }>;
	/** The vendor refuses anything outside of `options`. */
	restricted?: boolean;
	/** Characters. */
	maxLength?: number;
	/** Whole numbers only. */
	integer?: boolean;
	/** Long text, fit for a summary. */
	multiline?: boolean;
}

/**
 * A value as the builder gave it (text, number, JSON of an AI agent) as one that the field can hold; `null` for an empty one.
 * @param zone IANA name of the zone that a time without an offset is in: n8n's date picker gives such times, and means the workflow's.
 * @throws InputProblem that names the field by its label.
 */
export function fieldValue(field: WritableField, value: unknown, zone = 'UTC'): FieldValue {
	if (value === undefined || value === null || value === '' || isEmptyList(value)) return null;
	return READ[field.type](field, datesAsText(value), zone);
}

/** A table's empty list is an empty cell, whatever the field. */
const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const READ: Record<FieldType, (field: WritableField, value: unknown, zone: string) => FieldValue> = {
	text(field, value) {
		if (typeof value === 'object') throw refuse(field, value, 'a text');
		const text = String(value);
		if (field.maxLength !== undefined && text.length > field.maxLength) {
			throw new InputProblem(`${field.label} is too long`, {
				field: field.label,
				found: `${text.length} characters`,
				expected: `at most ${field.maxLength}`,
				mend: 'Shorten it.',
			});
		}
		return (field.options ? choice(field, text) : text) || null;
	},
	number(field, value) {
		const number = typeof value === 'number' ? value : Number(typeof value === 'string' ? value.trim() || NaN : NaN);
		if (!Number.isFinite(number)) throw refuse(field, value, 'a number such as 12.5');
		if (field.integer && !Number.isInteger(number)) throw refuse(field, value, 'a whole number');
		// JSON knows no minus zero: it would differ from what is stored in each run.
		return number === 0 ? 0 : number;
	},
	boolean(field, value) {
		return yesOrNo(value, field.label);
	},
	date(field, value) {
		const day = /^(\d{4}-\d{2}-\d{2})(?=$|[T ])/.exec(isoText(value))?.[1];
		if (day === undefined || parseTime(day) === undefined) {
			throw refuse(field, value, 'a date such as 2026-12-24');
		}
		return day;
	},
	dateTime(field, value, zone) {
		const time = momentIn(zone, isoText(value));
		if (time === undefined) throw refuse(field, value, 'a date and time such as 2026-12-24T10:00:00Z');
		return new Date(time).toISOString();
	},
	list(field, value) {
		const entries: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? entriesIn(value) : [value];
		if (entries.some((entry) => typeof entry === 'object'))
			throw refuse(field, value, 'a list of texts, or texts with semicolons between them');
		const texts = entries.map((entry) => String(entry).trim()).filter((entry) => entry !== '');
		return texts.map((text) => choice(field, text)).filter((text) => text !== '');
	},
};

/** A list as text: JSON, or with semicolons as Salesforce writes it. */
function entriesIn(text: string): unknown[] {
	try {
		const parsed: unknown = text.trim().startsWith('[') ? JSON.parse(text) : undefined;
		return Array.isArray(parsed) ? parsed : text.split(';');
	} catch {
		return text.split(';');
	}
}

/** A stored value of the list, found by value or by label. */
function choice(field: WritableField, text: string): string {
	const options = field.options ?? [];
	const found = options.find(({ value }) => value === text) ?? options.find(({ label }) => label === text);
	if (found) return found.value;
	if (!field.restricted) return text;
	const some = options.slice(0, 10).map(({ label }) => label);
	throw new InputProblem(`${field.label} doesn't have the choice ${show(text)}`, {
		field: field.label,
		found: text,
		expected: `one of ${some.join(', ')}${options.length > some.length ? ` and ${options.length - some.length} more` : ''}`,
		mend: 'If the choice is new, refresh the field list in the node.',
	});
}

function isoText(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

function refuse(field: WritableField, found: unknown, expected: string): InputProblem {
	return new InputProblem(`${field.label} doesn't have the form it should have`, {
		field: field.label,
		found,
		expected,
	});
}
