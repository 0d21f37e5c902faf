import { queryOf } from '../../kit/input';
import { errorBody, ZohoFailure } from '../errors';
import { fieldMetadata, layoutMetadata } from '../fields/metadata';
import { contactFields } from '../fields/table';
import { fullName, users, type ZohoUser } from '../users';
import type { World } from '../world';
import { authorize } from './access';

/** `GET /settings/fields`, `/settings/layouts` (B7) and `/users`. */
export function registerMetadata(world: World): void {
	const { app } = world.api;
	app.get('/crm/v8/settings/fields', async (request, reply) => {
		authorize(world, request, [['settings.fields', 'READ']]);
		const query = queryOf(request);
		requireModule(query);
		const type = query['type'] ?? 'all';
		if (type !== 'all' && type !== 'unused') throw badParameter('type');
		return type === 'unused' ? await reply.code(204).send() : { fields: contactFields.map(fieldMetadata) };
	});
	app.get('/crm/v8/settings/layouts', async (request) => {
		authorize(world, request, [['settings.layouts', 'READ']]);
		requireModule(queryOf(request));
		return { layouts: [layoutMetadata()] };
	});
	app.get('/crm/v8/users', async (request) => {
		authorize(world, request, [['users', 'READ']]);
		const listed = userLists[queryOf(request)['type'] ?? 'AllUsers'];
		if (!listed) throw badParameter('type');
		return { users: listed.map(userBody), info: { per_page: 200, count: listed.length, page: 1, more_records: false } };
	});
}

const everyone = Object.values(users);

const userLists: Record<string, ZohoUser[]> = {
	CurrentUser: [users.integration],
	AllUsers: everyone,
	ActiveUsers: everyone,
};

const userBody = (user: ZohoUser) => ({
	...user,
	full_name: fullName(user),
	status: 'active',
	confirm: true,
	role: { name: 'Manager', id: '5725767000000026005' },
	profile: { name: 'Administrator', id: '5725767000000026011' },
	time_zone: 'Etc/UTC',
});

function requireModule(query: Record<string, string>): void {
	const { module } = query;
	if (!module)
		throw new ZohoFailure(400, errorBody('REQUIRED_PARAM_MISSING', 'a parameter is missing', { param_name: 'module' }));
	if (module !== 'Contacts') throw new ZohoFailure(400, errorBody('INVALID_MODULE', 'no such module'));
}

const badParameter = (name: string) =>
	new ZohoFailure(400, errorBody('INVALID_DATA', 'invalid data', { param_name: name }));
