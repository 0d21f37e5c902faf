import type { FastifyReply, FastifyRequest } from 'fastify';

import { jsonOf } from '../../kit/input';
import { CoqlError } from '../coql/ast';
import { checkCoql } from '../coql/check';
import { parseCoql } from '../coql/parser';
import { runCoql } from '../coql/run';
import { errorBody, ZohoFailure } from '../errors';
import type { World } from '../world';
import { authorize, readContacts } from './access';

/** `POST /coql` (B5): needs the COQL scope and the module's read scope; reads live rows unless `coqlLagMs` says otherwise. */
export function registerQuery(world: World): void {
	world.api.app.post('/crm/v8/coql', async (request, reply) => {
		authorize(world, request, [['coql', 'READ'], readContacts]);
		return await answer(world, request, reply);
	});
}

async function answer(world: World, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
	const { rows, more } = run(world, queryText(request));
	if (rows.length === 0 && world.settings.coqlEmpty === 204) return await reply.code(204).send();
	return { data: rows, info: { count: rows.length, more_records: more } };
}

function queryText(request: FastifyRequest): string {
	const body = jsonOf(request) ?? {};
	const unknown = Object.keys(body).find((name) => name !== 'select_query' && name !== 'include_meta');
	if (unknown)
		throw new ZohoFailure(
			400,
			errorBody('INVALID_DATA', 'invalid data', { api_name: unknown, json_path: `$.${unknown}` }),
		);
	const text = body['select_query'];
	if (typeof text === 'string') return text;
	const [code, message] =
		text === undefined ? ['MANDATORY_NOT_FOUND', 'mandatory key not found'] : ['INVALID_DATA', 'invalid data'];
	throw new ZohoFailure(400, errorBody(code ?? '', message ?? '', { api_name: 'select_query' }));
}

function run(world: World, text: string) {
	try {
		const query = parseCoql(text);
		checkCoql(query);
		const { coqlRowsPerAnswer, caseSensitiveQueries } = world.settings;
		return runCoql(query, world.contacts.queries.rows(), coqlRowsPerAnswer, caseSensitiveQueries);
	} catch (error) {
		if (error instanceof CoqlError) throw new ZohoFailure(400, errorBody(error.code, error.message, error.details));
		throw error;
	}
}
