import fc from 'fast-check';
import { z } from 'zod';

import { RequestError } from '../../../http/errors';
import { HEADER_TYPES, sendButtons, sendList } from '../../../vendors/wati/interactive';
import { sendFileViaUrl, sendText } from '../../../vendors/wati/messages';
import { watiClient } from '../../../vendors/wati/connection';
import { FakeTransport } from '../../unit/http/fakeTransport';
import { attemptCall, expectRefusal, property, type Property } from '../kit';
import { anyJson, anyText, anyValue, damaged } from '../values';

/** A text that often just fits, or just does not. */
const near = (most: number) =>
	fc.oneof(
		anyText,
		fc.integer({ min: most - 2, max: most + 2 }).map((length) => 'x'.repeat(length)),
		fc.integer(),
		anyValue,
	);

const text = (most: number) =>
	z
		.string()
		.min(1)
		.max(most)
		.refine((value) => value.trim() !== '');
const optionalText = (most: number) => text(most).optional();
const media = z.object({ url: z.string().url(), file_name: z.string().min(1).max(255).optional() }).strict();

/** What WATI and WhatsApp take (apis/wati.md, sections 6 and 9), written anew here. */
const buttonsOnTheWire = z
	.object({
		target: z.string(),
		type: z.literal('buttons'),
		button_message: z
			.object({
				header: z
					.union([
						z.object({ type: z.literal('text'), text: text(60) }).strict(),
						z.object({ type: z.enum(['image', 'video', 'document']), media }).strict(),
					])
					.optional(),
				body: text(1024),
				footer: optionalText(60),
				buttons: z
					.array(z.object({ text: text(20) }).strict())
					.min(1)
					.max(3),
			})
			.strict(),
	})
	.strict()
	.refine(({ button_message: { buttons } }) => new Set(buttons.map((button) => button.text)).size === buttons.length);

const listOnTheWire = z
	.object({
		target: z.string(),
		type: z.literal('list'),
		list_message: z
			.object({
				header: optionalText(60),
				body: text(1024),
				footer: optionalText(60),
				button_text: text(20),
				sections: z
					.array(
						z
							.object({
								title: optionalText(24),
								rows: z.array(z.object({ title: text(24), description: optionalText(72) }).strict()).min(1),
							})
							.strict(),
					)
					.min(1)
					.max(10),
			})
			.strict(),
	})
	.strict()
	.refine(({ list_message: { sections } }) => {
		const rows = sections.flatMap((section) => section.rows);
		return rows.length <= 10 && (sections.length === 1 || sections.every(({ title }) => title !== undefined));
	});

const FIELDS = [
	'Buttons',
	'Text of button',
	'Header',
	'Header Text',
	'Media URL',
	'Media File Name',
	'Body',
	'Footer',
	'Button Text',
	'Sections',
	'Section',
	'Rows',
	'Rows of all sections together',
	'Rows of section',
	'Title of section',
	'Text',
	'File URL',
	'Caption',
];

const ACCEPTED = { message: { id: 'message-1', status: 'sent' } };

/** Sends with a client whose vendor takes everything: one request in the right form, or a refusal and none. */
async function sendOnce(
	send: (client: ReturnType<typeof watiClient>) => Promise<unknown>,
	wire: z.ZodTypeAny,
): Promise<void> {
	const transport = new FakeTransport([{ body: ACCEPTED }]);
	const client = watiClient(transport, { origin: 'https://live.wati.io', token: 'secret-token' });
	const result = await attemptCall(async () => await transport.run(send(client)));
	if (!result.done) {
		if (result.problem instanceof RequestError) throw result.problem;
		expect(transport.sent).toHaveLength(0);
		return expectRefusal(result.problem, FIELDS);
	}
	expect(transport.sent).toHaveLength(1);
	const body: unknown = JSON.parse(String(transport.sent[0]?.request.body));
	const checked = wire.safeParse(body);
	if (!checked.success)
		throw new Error(`This went out: ${JSON.stringify(body)?.slice(0, 500)}: ${checked.error.message}`);
}

const buttons = fc.record(
	{
		headerType: fc.oneof(
			{ weight: 4, arbitrary: fc.constantFrom<unknown>(...HEADER_TYPES, 'TEXT', undefined) },
			{ weight: 1, arbitrary: anyValue },
		),
		headerText: near(60),
		mediaUrl: fc.oneof(fc.webUrl(), anyValue),
		mediaFileName: near(255),
		body: near(1024),
		footer: near(60),
		buttons: fc.array(
			fc.oneof(
				{ weight: 3, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) },
				{ weight: 1, arbitrary: near(20) },
			),
			{ maxLength: 4 },
		),
	},
	{ requiredKeys: ['headerType', 'body', 'buttons'] },
);

const rows = fc.record(
	{ title: fc.oneof(fc.string({ minLength: 1, maxLength: 24 }), near(24)), description: near(72) },
	{ requiredKeys: ['title'] },
);
const sections: fc.Arbitrary<unknown> = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.array(
			fc.record(
				{ title: fc.oneof(fc.string({ maxLength: 24 }), near(24)), rows: fc.array(rows, { maxLength: 6 }) },
				{ requiredKeys: ['rows'] },
			),
			{ maxLength: 4 },
		),
	},
	{
		weight: 2,
		arbitrary: damaged([
			{ title: 'Sizes', rows: [{ title: 'Small', description: 'Up to 5' }, { title: 'Large' }] },
			{ title: 'More', rows: [{ title: 'Other' }] },
		]),
	},
	{ weight: 1, arbitrary: anyJson },
);
const lists = fc.record(
	{ header: near(60), body: near(1024), footer: near(60), buttonText: near(20), sections },
	{ requiredKeys: ['body', 'buttonText', 'sections'] },
);

export const interactiveProperties: Property[] = [
	property('a message with buttons keeps to every limit, or is refused and not sent', buttons, async (input) => {
		await sendOnce(
			async (client) =>
				await sendButtons(client, '14155552671', { ...input, body: input.body, headerType: input.headerType }),
			buttonsOnTheWire,
		);
	}),
	property('a message with a list keeps to every limit, or is refused and not sent', lists, async (input) => {
		await sendOnce(
			async (client) =>
				await sendList(client, '14155552671', {
					...input,
					body: input.body,
					buttonText: input.buttonText,
					sections: input.sections,
				}),
			listOnTheWire,
		);
	}),
	property('a list as builders make them keeps to every limit, or is refused and not sent', sections, async (value) => {
		await sendOnce(
			async (client) => await sendList(client, '14155552671', { body: 'Choose', buttonText: 'Open', sections: value }),
			listOnTheWire,
		);
	}),
	property('a text message fits, or is refused and not sent', near(4096), async (value) => {
		await sendOnce(
			async (client) => await sendText(client, '14155552671', value),
			z.object({ target: z.string(), text: text(4096) }).strict(),
		);
	}),
	property(
		'a file by its address fits, or is refused and not sent',
		fc.tuple(fc.oneof(fc.webUrl(), anyValue), near(1024)),
		async ([url, caption]) => {
			await sendOnce(
				async (client) => await sendFileViaUrl(client, '14155552671', { url, caption }),
				z.object({ target: z.string(), file_url: z.string().url(), caption: optionalText(1024) }).strict(),
			);
		},
	),
];
