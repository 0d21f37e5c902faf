import type { FastifyReply, FastifyRequest } from 'fastify';

import { isObject, paramOf, queryOf } from '../../kit/input';
import { errorBody, ZohoFailure } from '../errors';
import type { World } from '../world';
import { authorize, createContacts, readContacts, requireContacts, updateContacts } from './access';
import { shownFields } from './search';
import { wrapperOf } from './wrapper';
import { byIdTarget, statusOf, upsertTarget, writeRows, type RowResult } from './write';

/** Contacts by id, insert, update and upsert (B6). */
export function registerRecords(world: World): void {
	const { app } = world.api;
	app.get('/crm/v8/:module/:id', async (request, reply) => {
		authorize(world, request, [readContacts]);
		requireContacts(paramOf(request, 'module'));
		const id = paramOf(request, 'id');
		if (!/^\d{1,19}$/.test(id))
			throw new ZohoFailure(400, errorBody('INVALID_DATA', 'no id', { resource_path_index: 1 }));
		const row = world.contacts.get(id);
		return row ? { data: [shownFields(row, queryOf(request)['fields'])] } : await reply.code(204).send();
	});

	app.post('/crm/v8/:module', async (request, reply) => {
		authorize(world, request, [createContacts]);
		requireContacts(paramOf(request, 'module'));
		const results = writeRows(world, wrapperOf(request), { via: 'POST', target: () => ({ do: 'insert' }) });
		return await send(world, reply, results, true);
	});

	app.put('/crm/v8/:module', async (request, reply) => {
		authorize(world, request, [updateContacts]);
		requireContacts(paramOf(request, 'module'));
		const results = writeRows(world, wrapperOf(request), { via: 'PUT', target: byIdTarget(world) });
		return await send(world, reply, results);
	});

	app.put('/crm/v8/:module/:id', async (request, reply) => {
		authorize(world, request, [updateContacts]);
		requireContacts(paramOf(request, 'module'));
		const wrapper = wrapperOf(request);
		if (wrapper.rows.length > 1)
			throw new ZohoFailure(400, errorBody('INVALID_DATA', 'one row only', { maximum_length: 1 }), true);
		const id = paramOf(request, 'id');
		const rows = wrapper.rows.map((row) => (isObject(row) ? { id, ...row } : row));
		if (rows.some((row) => isObject(row) && row['id'] !== id)) {
			throw new ZohoFailure(400, errorBody('INVALID_DATA', 'another id than the path', { api_name: 'id' }), true);
		}
		const results = writeRows(world, { ...wrapper, rows }, { via: 'PUT /id', target: byIdTarget(world) });
		return await send(world, reply, results);
	});

	const upsert = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
		authorize(world, request, [createContacts, updateContacts]);
		const wrapper = wrapperOf(request);
		const target = upsertTarget(world, wrapper.checkFields);
		return await send(world, reply, writeRows(world, wrapper, { via: 'POST /upsert', target, isUpsert: true }));
	};
	app.post('/crm/v8/:module/upsert', async (request, reply) => {
		requireContacts(paramOf(request, 'module'));
		return await upsert(request, reply);
	});
	// The version and spelling of n8n's own node, for the benchmark to run it.
	app.post('/crm/v2/contacts/upsert', upsert);
}

async function send(
	world: World,
	reply: FastifyReply,
	results: RowResult[],
	insertsOnly = false,
): Promise<FastifyReply> {
	return await reply.code(statusOf(results, insertsOnly, world.settings.allFailedStatus)).send({ data: results });
}
