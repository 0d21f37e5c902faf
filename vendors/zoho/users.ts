import { z } from 'zod';

import { RequestError } from '../../http/errors';
import { ConnectionMemory } from '../shared/connectionMemory';
import type { ZohoApi } from './api';
import { API } from './connection';

const users = z.object({ users: z.array(z.object({ id: z.string() })).min(1) });

const known = new ConnectionMemory<string>();

/**
 * Id of the user that the connection works as, to compare with a contact's `Created_By`
 * (GET /users?type=CurrentUser, scope ZohoCRM.users.READ). Asked once for each connection.
 * @param identity as in ZohoConnection. @throws RequestError
 */
export async function connectedUserId(api: ZohoApi, identity: readonly string[]): Promise<string> {
	const remembered = known.get(identity);
	if (remembered !== undefined) return remembered;
	const { json, status } = await api.json({
		purpose: 'read its own user',
		scope: 'ZohoCRM.users.READ',
		effect: 'read',
		method: 'GET',
		path: `${API}/users`,
		query: { type: 'CurrentUser' },
	});
	const parsed = users.safeParse(json);
	const id = parsed.success ? parsed.data.users[0]?.id : undefined;
	if (id === undefined) {
		throw new RequestError('badAnswer', 'Zoho CRM did not say which user the connection works as', {
			status,
			description:
				'Set an Origin Marker under Options: then contacts of this integration are recognised without the user.',
		});
	}
	known.set(identity, id);
	return id;
}
