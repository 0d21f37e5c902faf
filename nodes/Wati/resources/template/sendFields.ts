import type { INodeProperties } from 'n8n-workflow';

import { defaultCountryOption, optionsField } from '../../../shared/fields';
import { targetField } from '../../shared/target';
import { channelOption } from './channelOption';
import { parameterFields } from './parameterFields';

const templateField: INodeProperties = {
	displayName: 'Template',
	name: 'template',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The approved template to send',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a template...',
			typeOptions: { searchListMethod: 'searchTemplateNames', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. order_update' },
	],
};

const sendToField: INodeProperties = {
	displayName: 'Send To',
	name: 'sendTo',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'One Recipient', value: 'one', description: 'One call for each input item' },
		{
			name: 'Several Recipients',
			value: 'several',
			description: 'A list of recipients in each input item, as one call',
		},
		{ name: 'All Input Items', value: 'all', description: 'Each input item is a recipient, all of them as one call' },
	],
	default: 'one',
};

const recipientsField: INodeProperties = {
	displayName: 'Recipients',
	name: 'recipients',
	type: 'json',
	displayOptions: { show: { sendTo: ['several'] } },
	default: '[{ "phone": "", "parameters": {} }]',
	required: true,
	description:
		'A list of recipients: each with phone, or target for a contact ID or business-scoped user ID, and the values of its parameters by name',
};

const broadcastNameField: INodeProperties = {
	displayName: 'Broadcast Name',
	name: 'broadcastName',
	type: 'string',
	default: '={{ $workflow.name }} {{ $today.toISODate() }} #{{ $execution.id }}',
	required: true,
	placeholder: 'e.g. Order updates',
	description: 'Name under which the sending is listed in WATI; items are sent together only when they share it',
};

/** The parameters that sending at once and sending later have in common. */
export function sendFields(more: INodeProperties[] = []): INodeProperties[] {
	return [
		templateField,
		sendToField,
		{ ...targetField('recipient', 'Who receives the template'), displayOptions: { show: { sendTo: ['one', 'all'] } } },
		recipientsField,
		...parameterFields,
		...more,
		broadcastNameField,
		optionsField([channelOption, defaultCountryOption]),
	];
}
