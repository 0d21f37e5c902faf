import type { IBinaryData } from 'n8n-workflow';

import type { FilePart } from '../../../../http/multipart';
import { requiredText } from '../../../../vendors/shared/checks';
import { defaultCountryOption, optionsField, simplifyField } from '../../../shared/fields';
import type { ItemParameters } from '../../../shared/itemParameters';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';
import { captionOption } from './captionOption';
import { sentOutput } from './simplify';

export const sendFile: WatiItemOperation = {
	value: 'sendFile',
	name: 'Send File',
	action: 'Send file to contact',
	description: 'Send an image, video, audio file or document of the input item',
	fields: [
		targetField('conversation', 'Who receives the file'),
		{
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			hint: 'The name of the input field that contains the binary file to send',
		},
		simplifyField,
		optionsField([
			captionOption,
			defaultCountryOption,
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. invoice.pdf',
				description: 'Name under which the file is sent, if it is not the one that it has in the input',
			},
		]),
	],
	async execute(session, item) {
		const target = readTarget(session, item, 'conversation').value;
		const file = await inputFile(item);
		return sentOutput(item, await session.wati.sendFile(session.client, target, file, item.option('caption')));
	},
};

async function inputFile(item: ItemParameters): Promise<Omit<FilePart, 'field'>> {
	const field = requiredText(item.get('binaryPropertyName'), 'Input Data Field Name').trim();
	const data = item.n8n.helpers.assertBinaryData(item.index, field);
	return {
		fileName: item.optionText('fileName') ?? data.fileName ?? `file.${data.fileExtension ?? 'bin'}`,
		mimeType: data.mimeType,
		...(await inputContent(item, field, data)),
	};
}

/** By n8n's settings a file is stored outside the item and read as a stream, or it is part of the item. */
async function inputContent(
	item: ItemParameters,
	field: string,
	{ id }: IBinaryData,
): Promise<Pick<FilePart, 'size' | 'open'>> {
	const { helpers } = item.n8n;
	if (id !== undefined) {
		const { fileSize } = await helpers.getBinaryMetadata(id);
		return { size: fileSize, open: async () => await helpers.getBinaryStream(id) };
	}
	const content = await helpers.getBinaryDataBuffer(item.index, field);
	return { size: content.length, open: async () => content };
}
