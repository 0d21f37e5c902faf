import { defaultCountryOption, optionsField, simplifyField } from '../../../shared/fields';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';
import { bodyField, footerOption } from './interactiveFields';
import { readSections, sectionFields } from './sectionFields';
import { sentOutput } from './simplify';

export const sendInteractiveList: WatiItemOperation = {
	value: 'sendInteractiveList',
	name: 'Send Interactive List',
	action: 'Send interactive list to contact',
	description: 'Send a text with a button that opens a list of up to ten rows to choose from',
	fields: [
		targetField('conversation', 'Who receives the message'),
		bodyField,
		{
			displayName: 'Button Text',
			name: 'buttonText',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Choose a time',
			description: 'Text of the button that opens the list, up to 20 characters',
		},
		...sectionFields,
		simplifyField,
		optionsField([
			defaultCountryOption,
			footerOption,
			{
				displayName: 'Header Text',
				name: 'header',
				type: 'string',
				default: '',
				placeholder: 'e.g. Your appointment',
				description: 'Text above the body, up to 60 characters',
			},
		]),
	],
	async execute(session, item) {
		const target = readTarget(session, item, 'conversation').value;
		const message = await session.wati.sendList(session.client, target, {
			header: item.option('header'),
			body: item.get('body'),
			footer: item.option('footer'),
			buttonText: item.get('buttonText'),
			sections: readSections(item),
		});
		return sentOutput(item, message);
	},
};
