import type { IBinaryData } from 'n8n-workflow';

import { InputProblem } from '../../../../http/errors';
import { requiredText } from '../../../../vendors/shared/checks';
import { LIMITS } from '../../../../vendors/wati/limits';
import type { IncomingFile, SizeLimit } from '../../../../vendors/wati/media';
import { optionsField } from '../../../shared/fields';
import type { ItemParameters } from '../../../shared/itemParameters';
import { FileOutput } from '../../../shared/operation';
import type { WatiItemOperation, WatiSession } from '../../shared/session';

const MAX_SIZE = 'Max File Size (MB)';

interface SavedFile {
	binary: IBinaryData;
	base64?: string;
}

export const getMedia: WatiItemOperation = {
	value: 'getMedia',
	name: 'Get Media File',
	action: 'Get media file of message',
	description: 'Download the file of a message by the ID of the message',
	fields: [
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 6a9f0c1d2e3b4a5f6c7d8e9f',
			description: "WATI's ID of the message, as the trigger and Get Many give it; not the one that starts with wamid",
		},
		{
			displayName: 'Put Output File in Field',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			hint: 'The name of the output binary field to put the file in',
		},
		optionsField([
			{
				displayName: 'Base64 String',
				name: 'base64',
				type: 'boolean',
				default: true,
				description: 'Whether to also output the file as a Base64 string in the field base64, for files of up to 20 MB',
			},
			{
				displayName: MAX_SIZE,
				name: 'maxSize',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 100,
				description: 'A larger file is not downloaded',
			},
		]),
	],
	async execute({ client, wati }, item) {
		const field = requiredText(item.get('binaryPropertyName'), 'Put Output File in Field').trim();
		const messageId = requiredText(item.get('messageId'), 'Message ID', 200).trim();
		const withBase64 = item.optionFlag('base64', 'Base64 String');
		const { saved, ...file } = await wati.fetchMedia(
			client,
			messageId,
			async (incoming) => await save(wati, item, incoming, withBase64),
			sizeLimit(item, withBase64),
		);
		const json = { messageId, ...file, ...(saved.base64 === undefined ? {} : { base64: saved.base64 }) };
		return new FileOutput(json, { [field]: saved.binary });
	},
};

/** Without a Base64 string the file goes straight to where n8n keeps files. */
async function save(
	wati: WatiSession['wati'],
	item: ItemParameters,
	{ content, fileName, mimeType }: IncomingFile,
	withBase64: boolean,
): Promise<SavedFile> {
	const { prepareBinaryData } = item.n8n.helpers;
	if (!withBase64) return { binary: await prepareBinaryData(content, fileName, mimeType) };
	const whole = Buffer.isBuffer(content) ? content : await wati.collect(content, Infinity);
	return { binary: await prepareBinaryData(whole, fileName, mimeType), base64: whole.toString('base64') };
}

function sizeLimit(item: ItemParameters, withBase64: boolean): SizeLimit {
	const wanted = { bytes: maxSize(item.option('maxSize')), field: MAX_SIZE };
	const base64 = { bytes: LIMITS.base64File, field: 'Base64 String' };
	return withBase64 && base64.bytes < wanted.bytes ? base64 : wanted;
}

/** Bytes; megabytes of a million, as people count them. */
function maxSize(value: unknown): number {
	if (value === undefined || value === null || value === '') return Infinity;
	const size = Number(value);
	if (size > 0) return size * 1_000_000;
	throw new InputProblem(`${MAX_SIZE} is not a number above 0`, {
		field: MAX_SIZE,
		found: value,
		expected: 'megabytes, such as 16',
	});
}
