import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

import { InputProblem } from '../../../http/errors';
import { formatTarget, TARGETS, type TargetFamily, type TargetMode } from '../../../vendors/wati/target';
import type { ItemParameters } from '../../shared/itemParameters';
import type { WatiSession } from './session';

/** Every way of naming a target; each family of calls takes some of them. */
const ANY_TARGET = {
	displayName: 'Target',
	name: 'target',
	type: 'resourceLocator',
	default: { mode: 'phone', value: '' },
	required: true,
	modes: [
		{
			// A longer name is cut off in the editor's list of modes.
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			placeholder: 'e.g. +14155552671',
			hint: 'With country code, or set Default Country under Options',
		},
		{ displayName: 'Contact ID', name: 'contactId', type: 'string', placeholder: 'e.g. 6a9f0c1d2e3b4a5f6c7d8e9f' },
		{
			displayName: 'Conversation ID',
			name: 'conversationId',
			type: 'string',
			placeholder: 'e.g. 6a9f0c1d2e3b4a5f6c7d8e9f',
			hint: 'Not the contact ID',
		},
		{
			displayName: 'Channel and Phone',
			name: 'channelPhone',
			type: 'string',
			placeholder: 'e.g. 14155550100:+14155552671',
			hint: 'The name or number of the channel, a colon, the phone number',
		},
		{
			displayName: 'Business-Scoped User ID',
			name: 'bsuid',
			type: 'string',
			placeholder: 'e.g. ML.2011135123094924',
			hint: 'Only where WATI has switched these IDs on for the account',
		},
	],
} satisfies INodeProperties;

const modesOf = (family: TargetFamily): INodePropertyMode[] =>
	TARGETS[family].flatMap((mode) => ANY_TARGET.modes.filter(({ name }) => name === mode));

/** The one control that says whom an operation is about; each family of calls takes other forms. */
export function targetField(family: TargetFamily, description: string): INodeProperties {
	return { ...ANY_TARGET, description, modes: modesOf(family) };
}

/** How a target was named and what WATI is told. */
export interface ReadTarget {
	mode: TargetMode;
	value: string;
}

/** Reads, checks and normalises the Target of an item. @throws InputProblem */
export function readTarget(session: WatiSession, item: ItemParameters, family: TargetFamily): ReadTarget {
	const { mode, value } = item.locator('target', 'phone');
	const known = TARGETS[family].find((candidate) => candidate === mode);
	if (!known) {
		throw new InputProblem("Target is named in a way that this operation doesn't take", {
			field: 'Target',
			found: mode,
			expected: `one of ${modesOf(family)
				.map(({ displayName }) => displayName)
				.join(', ')}`,
		});
	}
	return {
		mode: known,
		value: formatTarget(
			{ mode: known, value, family, defaultCountry: item.optionText('defaultCountry') },
			session.readPhone,
		),
	};
}
