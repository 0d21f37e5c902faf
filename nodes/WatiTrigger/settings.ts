import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { InputProblem } from '../../http/errors';

/** The node's parameters as the builder has set them. */
export interface TriggerSettings {
	registration: 'automatic' | 'manual';
	/** Values of the events' table. */
	events: string[];
	/** WATI's names of further events, as typed. */
	otherEvents: string[];
	/** Numbers of the channels: those to register, or with Registration: Manual those to keep. Digits. */
	channels: string[];
	/** The secret that the builder made up; empty unless Registration is Manual. */
	typedSecret: string;
	/** Changed by the builder to have a new address. */
	addressNumber: number;
	withBsuid: boolean;
	keywords: string[];
	keywordMatch: 'contains' | 'wholeWord' | 'startsWith';
	simplify: boolean;
	downloadMedia: boolean;
	/** Bytes. */
	largestMedia: number;
}

const text = z.union([z.string(), z.number()]).transform(String).catch('');
const list = text.transform((typed) =>
	typed
		.split(/[,;\n]/)
		.map((part) => part.trim())
		.filter((part) => part !== ''),
);
const number = z.union([z.number(), z.string().transform(Number).pipe(z.number())]);
const locator = z.union([z.object({ value: text }).transform(({ value }) => value), text]);

const optionsSchema = z.object({
	addressNumber: number.catch(1),
	downloadMedia: z.boolean().catch(false),
	keywordMatch: z.enum(['contains', 'wholeWord', 'startsWith']).catch('contains'),
	keywords: list,
	maxMediaSize: number.pipe(z.number().positive()).catch(25),
	moreChannels: list,
	otherEvents: list,
	withBsuid: z.boolean().catch(false),
});

const parametersSchema = z.object({
	registration: z.enum(['automatic', 'manual']).catch('automatic'),
	events: z.array(z.string()).catch([]),
	channelNumber: locator,
	webhookSecret: text,
	simplify: z.boolean().catch(true),
	options: z.record(z.unknown()).catch({}).pipe(optionsSchema),
});

/** Reads the parameters; what is missing has its default. */
export function readSettings(context: IHookFunctions | IWebhookFunctions): TriggerSettings {
	// Without something to fall back on, n8n throws for a parameter that is hidden at the moment.
	const get = (name: string): unknown => context.getNodeParameter(name, null);
	const { options, ...given } = parametersSchema.parse({
		registration: get('registration'),
		events: get('events'),
		channelNumber: get('channelNumber'),
		webhookSecret: get('webhookSecret'),
		simplify: get('simplify'),
		options: get('options'),
	});
	const isManual = given.registration === 'manual';
	const channels = isManual ? options.moreChannels : [given.channelNumber, ...options.moreChannels];
	return {
		registration: given.registration,
		events: given.events,
		otherEvents: options.otherEvents,
		channels: [...new Set(channels.map(digitsOf).filter((digits) => digits !== ''))],
		typedSecret: isManual ? given.webhookSecret.trim() : '',
		addressNumber: options.addressNumber,
		withBsuid: options.withBsuid,
		keywords: options.keywords,
		keywordMatch: options.keywordMatch,
		simplify: given.simplify,
		downloadMedia: options.downloadMedia,
		largestMedia: options.maxMediaSize * 1_000_000,
	};
}

/** The numbers that can be registered. @throws InputProblem when there is none, or one is no number. */
export function checkedChannels(channels: string[]): string[] {
	const wrong = channels.find((channel) => !/^\d{6,15}$/.test(channel));
	if (channels.length > 0 && wrong === undefined) return channels;
	throw new InputProblem(wrong === undefined ? 'Channel Number is empty' : 'Channel Number is not a phone number', {
		field: 'Channel Number',
		found: wrong,
		expected: 'the number of your own WhatsApp channel with country code, such as 15550001111',
		mend: 'Pick it from the list, or enter it as WATI shows it under Channels: the list lacks the default channel of accounts with several.',
	});
}

/** The chosen events. @throws InputProblem when there is none. */
export function checkedEvents({ events, otherEvents }: TriggerSettings): string[] {
	const chosen = [...events, ...otherEvents];
	if (chosen.length > 0) return chosen;
	throw new InputProblem('Trigger On is empty', { field: 'Trigger On', expected: 'at least one event' });
}

export function digitsOf(number: string): string {
	return number.replace(/[\s+().-]/g, '');
}
