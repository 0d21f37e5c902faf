import type { Refusal } from '../../http/call';
import { RequestError, type RequestErrorKind } from '../../http/errors';
import type { Problem } from '../../upsert/types';
import { EXPLANATIONS, EXPLANATIONS_BY_STATUS, type Explanation, type Told } from './errorTable';
import { errorsSchema, type SalesforceError } from './schemas';

/** The label of a field by its id. */
export type Label = (fieldId: string) => string;

/** Longest piece of Salesforce's own words in a message: some of them quote the whole value. */
const LONGEST_QUOTE = 300;

/** What Salesforce's refusal of a call means for the builder. */
export function explainRefusal(refusal: Refusal, label: Label): RequestError {
	const errors = errorsOf(refusal.json);
	const { kind, message, description, field, code } = explain(errors, label, refusal);
	return new RequestError(kind, message, { status: refusal.status, code, field, description });
}

/** What the refusal of one row means; the first error is the headline, the others follow. */
export function explainRow(errors: readonly SalesforceError[], label: Label): Problem {
	const { message, description, field, code } = explain(errors, label);
	return { message, description, field, code };
}

/** A refusal that passes by itself, unlike the daily limit, which has the same code (A6, A9). */
export function isConcurrencyLimit({ json }: Refusal): boolean {
	return errorsOf(json).some(({ code, message }) => code === 'REQUEST_LIMIT_EXCEEDED' && /concurrent/i.test(message));
}

/** An array of errors, in some answers a single one (A5); none where there is something else. */
const errorsOf = (json: unknown): SalesforceError[] =>
	errorsSchema.catch([]).parse(Array.isArray(json) ? json : [json]);

const UNKNOWN: SalesforceError = { code: '', message: '', fields: [], duplicate: undefined };

interface Explained {
	kind: RequestErrorKind;
	message: string;
	description: string;
	field?: string;
	code?: string;
}

function explain(errors: readonly SalesforceError[], label: Label, refusal?: Refusal): Explained {
	const [first = UNKNOWN, ...others] = errors;
	const explanation = explanationOf(first, refusal);
	const told = tell(first, label);
	const said = told.said || refusal?.text || '';
	const advice = typeof explanation.advice === 'function' ? explanation.advice(told) : explanation.advice;
	const also = others.map((error) => sentence(`Also: ${explanationOf(error).headline(tell(error, label))}`));
	const quote = explanation.complete || said === '' ? [] : [`Salesforce said: ${sentence(said)}`];
	return {
		kind: explanation.kind ?? 'refused',
		message: explanation.headline({ ...told, said }),
		description: [...quote, advice, ...also].join(' '),
		field: fieldsOf(first)[0],
		code: first.code || undefined,
	};
}

function explanationOf(error: SalesforceError, refusal?: Refusal): Omit<Explanation, 'codes'> {
	return (
		EXPLANATIONS.find(({ codes, says }) => codes.includes(error.code) && (says?.test(error.message) ?? true)) ??
		(refusal && EXPLANATIONS_BY_STATUS[refusal.status]) ??
		unknownCode(refusal?.purpose ?? 'save the contact')
	);
}

const unknownCode = (purpose: string): Omit<Explanation, 'codes'> => ({
	headline: ({ said }) => `Salesforce refused to ${purpose}${said === '' ? '' : `: ${said}`}`,
	advice: 'Check the values of this item.',
	complete: true,
});

function tell(error: SalesforceError, label: Label): Told {
	const fields = fieldsOf(error).map(label);
	const said = error.message.replace(/\s+/g, ' ').trim();
	return {
		error,
		fields,
		field: fields[0] ?? fieldNamedAtStart(said) ?? 'A value',
		said:
			said.length > LONGEST_QUOTE
				? `${said.slice(0, LONGEST_QUOTE)}…${/\s\(max length=\d+\)$/.exec(said)?.[0] ?? ''}`
				: said,
	};
}

/** The ids of the fields an error is about: `fields` is often empty where the message has them. */
function fieldsOf({ fields, message }: SalesforceError): string[] {
	if (fields.length > 0) return fields;
	const column =
		/No such column '(\w+)'/i.exec(message)?.[1] ?? /duplicate value found: (\w+) duplicates/.exec(message)?.[1];
	if (column !== undefined) return [column];
	const list = /fields are missing: \[([^\]]+)\]/.exec(message)?.[1];
	return list?.split(',').map((name) => name.trim()) ?? [];
}

/** "Title: data value too large: …" names the field by its label. */
const fieldNamedAtStart = (message: string): string | undefined =>
	/^([^:]{1,80}): (?:data value|bad value|invalid email|value )/.exec(message)?.[1];

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);
