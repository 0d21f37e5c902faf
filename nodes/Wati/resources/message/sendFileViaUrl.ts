import { defaultCountryOption, optionsField, simplifyField } from '../../../shared/fields';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';
import { captionOption } from './captionOption';
import { sentOutput } from './simplify';

export const sendFileViaUrl: WatiItemOperation = {
	value: 'sendFileViaUrl',
	name: 'Send File via URL',
	action: 'Send file via URL to contact',
	description: 'Send an image, video, audio file or document from a public address',
	fields: [
		targetField('conversation', 'Who receives the file'),
		{
			displayName: 'File URL',
			name: 'fileUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/invoice.pdf',
			description: 'Address of the file, which WATI has to be able to open without signing in',
		},
		simplifyField,
		optionsField([captionOption, defaultCountryOption]),
	],
	async execute(session, item) {
		const target = readTarget(session, item, 'conversation').value;
		const file = { url: item.get('fileUrl'), caption: item.option('caption') };
		return sentOutput(item, await session.wati.sendFileViaUrl(session.client, target, file));
	},
};
