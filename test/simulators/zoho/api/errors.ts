import { errorBody, ZohoFailure } from '../errors';
import type { World } from '../world';

/** How the API answers what no route answered. */
export function registerErrors(world: World): void {
	const { app } = world.api;
	app.setErrorHandler(async (error, _request, reply) => {
		if (error instanceof ZohoFailure) return await reply.code(error.status).send(error.payload);
		const message = error instanceof Error ? error.message : String(error);
		const isClients = error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
		const [status, code] = isClients ? [400, 'UNABLE_TO_PARSE_DATA_TYPE'] : [500, 'INTERNAL_ERROR'];
		return await reply.code(Number(status)).send(errorBody(String(code), message));
	});
	app.setNotFoundHandler(async (request, reply) => {
		if (/^\/crm\/v\d/.test(request.url) && !request.url.startsWith('/crm/v8/')) {
			return await reply
				.code(400)
				.send(errorBody('API_NOT_SUPPORTED', 'not in this version', { supported_version: 8 }));
		}
		return await reply.code(404).send(errorBody('INVALID_URL_PATTERN', 'no such URL'));
	});
}
