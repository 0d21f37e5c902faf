import { returnAllFields, simplifyField } from '../../../shared/fields';
import { readLimit } from '../../shared/limit';
import { campaignPicker, pickerField, readPicked } from '../../shared/pickers';
import type { WatiItemOperation } from '../../shared/session';
import { simpleRecipient } from './simplify';

export const getRecipients: WatiItemOperation = {
	value: 'getRecipients',
	name: 'Get Recipients',
	action: 'Get recipients of campaign with delivery status',
	description: 'Retrieve the recipients of a campaign with the status of each',
	fields: [pickerField(campaignPicker), ...returnAllFields, simplifyField],
	async execute({ client, wati }, item) {
		const pages = wati.recipientPages(readPicked(item, campaignPicker));
		const recipients = await wati.listPages(client, { ...pages, limit: readLimit(item) });
		return item.flag('simplify', 'Simplify') ? recipients.map(simpleRecipient) : recipients;
	},
};
