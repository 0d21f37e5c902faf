import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { toNodeError } from '../../../http/nodeError';
import { listContacts } from '../../../vendors/wati/contacts';
import { openWatiClient } from '../../shared/wati/connection';

/** Contacts that are looked at for team names: five pages, which stays well below WATI's pace of ten calls in ten seconds. */
const CONTACTS_LOOKED_AT = 500;

/** WATI's API has no list of teams: these are the ones that its first contacts belong to. */
export async function getTeams(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const contacts = await listContacts(await openWatiClient(this), CONTACTS_LOOKED_AT);
		const teams = new Set(contacts.flatMap((contact) => contact.teams ?? []).filter((team) => team.trim() !== ''));
		return [...teams].sort((a, b) => a.localeCompare(b)).map((team) => ({ name: team, value: team }));
	} catch (thrown) {
		throw toNodeError(this.getNode(), thrown);
	}
}
