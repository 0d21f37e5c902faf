import { InputProblem } from '../../../../http/errors';
import { defaultCountryOption, optionsField } from '../../../shared/fields';
import type { ItemParameters } from '../../../shared/itemParameters';
import { readList } from '../../shared/lists';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';

export const assignToTeams: WatiItemOperation = {
	value: 'assignToTeams',
	name: 'Assign to Teams',
	action: 'Assign contact to teams',
	description:
		'Set the teams that look after a contact. Name all of them: WATI may take the contact out of the others.',
	fields: [
		targetField('contact', 'The contact to assign'),
		{
			displayName: 'Team Names or IDs',
			name: 'teams',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getTeams' },
			default: [],
			description:
				'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
			hint: "WATI can't list its teams: these are the ones seen on contacts. Name others under Options > More Teams.",
		},
		optionsField([
			defaultCountryOption,
			{
				displayName: 'More Teams',
				name: 'moreTeams',
				type: 'string',
				default: '',
				placeholder: 'e.g. Billing, Support',
				description: 'Names of teams that the list does not show, separated by commas, as they are written in WATI',
			},
		]),
	],
	async execute(session, item) {
		const target = readTarget(session, item, 'contact').value;
		const teams = readTeams(item);
		await session.wati.assignToTeams(session.client, target, teams);
		return { success: true, target, teams };
	},
};

/** An empty list is not sent: it would take the contact out of all its teams. */
function readTeams(item: ItemParameters): string[] {
	const teams = [
		...readList(item.get('teams'), 'Team Names or IDs'),
		...readList(item.option('moreTeams'), 'More Teams'),
	];
	if (teams.length > 0) return [...new Set(teams)];
	throw new InputProblem('No team is named', {
		field: 'Team Names or IDs',
		expected: 'at least one team',
		mend: 'Choose one, or write its name into More Teams under Options.',
	});
}
