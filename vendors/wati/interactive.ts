import { z } from 'zod';

import type { ApiClient } from '../../http/client';
import { InputProblem, shorten } from '../../http/errors';
import { countWithin, oneOf, optionalText, requiredText, webAddress } from '../shared/checks';
import { API } from './call';
import { LIMITS } from './limits';
import { sendMessage } from './messages';
import type { WatiMessage } from './schemas';

/** Header of a message with buttons, in lower case as the example of WATI's OpenAPI has it (apis/wati.md, action 8). */
export const HEADER_TYPES = ['none', 'text', 'image', 'video', 'document'] as const;

export interface ButtonsInput {
	/** One of {@link HEADER_TYPES}. */
	headerType: unknown;
	headerText?: unknown;
	mediaUrl?: unknown;
	mediaFileName?: unknown;
	body: unknown;
	footer?: unknown;
	/** The buttons' texts. */
	buttons: readonly unknown[];
}

export interface ListInput {
	header?: unknown;
	body: unknown;
	footer?: unknown;
	buttonText: unknown;
	/** A list of {@link sectionSchema}. */
	sections: unknown;
}

/**
 * POST /conversations/messages/interactive with `button_message`. The two other kinds, product and product list, are left out:
 * neither their form nor their `type` was found (apis/wati.md, action 8).
 * @throws InputProblem, RequestError
 */
export async function sendButtons(client: ApiClient, target: string, input: ButtonsInput): Promise<WatiMessage> {
	return await send(client, 'send the message with buttons', {
		target,
		type: 'buttons',
		button_message: buttonMessage(input),
	});
}

/** POST /conversations/messages/interactive with `list_message`. @throws InputProblem, RequestError */
export async function sendList(client: ApiClient, target: string, input: ListInput): Promise<WatiMessage> {
	return await send(client, 'send the message with a list', { target, type: 'list', list_message: listMessage(input) });
}

async function send(client: ApiClient, purpose: string, json: object): Promise<WatiMessage> {
	return await sendMessage(client, { purpose, path: `${API}/conversations/messages/interactive`, json });
}

/** WATI's OpenAPI lets everything be null; what is required here is what WhatsApp requires (apis/wati.md, section 9). */
function buttonMessage(input: ButtonsInput): object {
	const buttons = countWithin(input.buttons, 'Buttons', 1, LIMITS.buttons).map((text, index) =>
		requiredText(trimmed(text), `Text of button ${index + 1}`, LIMITS.buttonText),
	);
	refuseTwice(buttons, 'Buttons', 'two buttons');
	return {
		...optional('header', buttonHeader(input)),
		body: requiredText(input.body, 'Body', LIMITS.body),
		...optional('footer', optionalText(input.footer, 'Footer', LIMITS.footer)),
		buttons: buttons.map((text) => ({ text })),
	};
}

const trimmed = (text: unknown): unknown => (typeof text === 'string' ? text.trim() : text);

function buttonHeader(input: ButtonsInput): object | undefined {
	const type = oneOf(input.headerType ?? 'none', 'Header', HEADER_TYPES);
	if (type === 'none') return undefined;
	if (type === 'text') return { type, text: requiredText(input.headerText, 'Header Text', LIMITS.header) };
	const fileName = optionalText(input.mediaFileName, 'Media File Name', 255);
	return { type, media: { url: webAddress(input.mediaUrl, 'Media URL'), ...optional('file_name', fileName) } };
}

const plain = z.union([z.string(), z.number()]).nullish();

const rowSchema = z.object({ title: plain, description: plain }).strict();

/** A section as a builder gives it; its title may be missing when it is the only one. */
const sectionSchema = z.object({ title: plain, rows: z.array(rowSchema) }).strict();

type Section = z.infer<typeof sectionSchema>;

function listMessage(input: ListInput): object {
	const body = requiredText(input.body, 'Body', LIMITS.body);
	const buttonText = requiredText(input.buttonText, 'Button Text', LIMITS.listButtonText);
	const sections = readSections(input.sections);
	return {
		...optional('header', optionalText(input.header, 'Header Text', LIMITS.header)),
		body,
		...optional('footer', optionalText(input.footer, 'Footer', LIMITS.footer)),
		button_text: buttonText,
		sections: sections.map((section, index) => sectionToWire(section, index, sections.length)),
	};
}

function readSections(value: unknown): Section[] {
	const parsed = z.array(sectionSchema).safeParse(value);
	if (!parsed.success) throw wrongSections(value, parsed.error);
	const sections = parsed.data;
	countWithin(sections, 'Sections', 1, LIMITS.sections);
	const rows = sections.flatMap((section) => section.rows);
	countWithin(rows, 'Rows of all sections together', 1, LIMITS.rows);
	refuseTwice(texts(rows), 'Rows', 'two rows');
	refuseTwice(texts(sections), 'Sections', 'two sections');
	return sections;
}

const texts = (entries: ReadonlyArray<{ title?: string | number | null }>): string[] =>
	entries.map(({ title }) => String(title ?? '').trim()).filter((title) => title !== '');

function wrongSections(value: unknown, error: z.ZodError): InputProblem {
	const [issue] = error.issues;
	const where = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part + 1 : part)).join(' > ');
	const keys =
		issue?.code === 'unrecognized_keys' ? `: it has the unknown key ${shorten(issue.keys.join(', '), 80)}` : '';
	return new InputProblem(`Sections can't be read${where === '' ? '' : ` at ${where}`}${keys}`, {
		field: 'Sections',
		found: value ?? '',
		expected: 'a list such as [{"title": "Sizes", "rows": [{"title": "Small", "description": "Up to 5 people"}]}]',
	});
}

function sectionToWire(section: Section, index: number, sections: number): object {
	const field = `Section ${index + 1}`;
	countWithin(section.rows, `Rows of section ${index + 1}`, 1, LIMITS.rows);
	const titleField = `Title of section ${index + 1}`;
	const title =
		sections > 1
			? requiredText(trimmed(section.title), titleField, LIMITS.sectionTitle)
			: optionalText(trimmed(section.title), titleField, LIMITS.sectionTitle);
	return {
		...optional('title', title),
		rows: section.rows.map((row, at) => ({
			title: requiredText(trimmed(row.title), `${field}, title of row ${at + 1}`, LIMITS.rowTitle),
			...optional(
				'description',
				optionalText(row.description, `${field}, description of row ${at + 1}`, LIMITS.rowDescription),
			),
		})),
	};
}

/** A key that is left out where there is no value. */
function optional(key: string, value: unknown): Record<string, unknown> {
	return value === undefined ? {} : { [key]: value };
}

/** WhatsApp wants the texts within a message to differ (apis/wati.md, section 9). */
function refuseTwice(values: readonly string[], field: string, what: string): void {
	const twice = values.find((text, index) => values.indexOf(text) < index);
	if (twice === undefined) return;
	throw new InputProblem(`${field} has ${what} with the same text`, {
		field,
		found: twice,
		expected: 'a different text for each',
	});
}
