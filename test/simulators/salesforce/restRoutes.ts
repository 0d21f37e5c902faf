import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Answer } from './call';
import { refuse, SalesforceError } from './errors';
import type { OAuthServer, Session } from './oauth';
import type { Org } from './org';
import { answer } from './rest';

/** What the routes need to know of the simulator at the time of a request. */
export interface RestContext {
	org: Org;
	oauth: OAuthServer;
	/** Whether the request came to a host that has no data. */
	isLoginOnly(request: FastifyRequest): boolean;
}

/** Longest request line, and longest line plus headers, in bytes (A7). */
const LONGEST_HEAD = 16_384;

/** Stands in for a JSON body that could not be read. */
class UnreadableJson {
	constructor(readonly text: string) {}
}

/** Everything under `/services/data`, and the vendor's own form of errors that are nobody's route. */
export function registerRest(app: FastifyInstance, context: () => RestContext): void {
	app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: FastifyRequest, text: string) =>
		readJson(text),
	);
	app.addHook('preHandler', async (request, reply) => await checkHead(request, reply));
	app.get('/services/data', async (_request, reply) => await send(reply, versions(context().org)));
	app.route({
		method: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
		url: '/services/data/*',
		handler: async (request, reply) => await serve(context(), request, reply),
	});
	app.setNotFoundHandler(async (_request, reply) => await send(reply, refused(refuse.notFound())));
	app.setErrorHandler(async (error, _request, reply) => await send(reply, frameworkError(error)));
}

async function serve(context: RestContext, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
	const { org } = context;
	let answered: Answer;
	try {
		if (context.isLoginOnly(request)) throw refuse.notFound();
		const session = authenticate(context, request);
		if (org.usedRequests >= org.settings.dailyApiRequests) throw refuse.dailyLimit();
		org.usedRequests++;
		answered = answer({
			org,
			session,
			method: request.method,
			url: request.url,
			header: (name) => request.headers[name]?.toString(),
			body: readBody(request),
		});
	} catch (error) {
		if (!(error instanceof SalesforceError)) throw error;
		answered = refused(error);
	}
	void reply.header('sforce-limit-info', `api-usage=${org.usedRequests}/${org.settings.dailyApiRequests}`);
	return await send(reply, answered);
}

/** The session of the bearer token; a 401 that names what is wrong with it otherwise (A6). */
function authenticate({ org, oauth }: RestContext, request: FastifyRequest): Session {
	const header = request.headers.authorization ?? '';
	const [, token] = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(header) ?? [];
	if (header !== '' && !token) throw refuse.badAuthHeader();
	const session = oauth.session(token ?? '');
	if (!session || org.settings.unauthorized === 'always') throw refuse.badSession();
	const mayUseRest = session.scopes.includes('full') || session.scopes.includes('api');
	if (!mayUseRest || org.settings.unauthorized === 'notForRest') throw refuse.sessionNotForRest();
	return session;
}

function readBody(request: FastifyRequest): unknown {
	const { body } = request;
	if (body === undefined || body === null) return undefined;
	if (!/^application\/json/i.test(request.headers['content-type'] ?? '')) throw refuse.notJson();
	if (body instanceof UnreadableJson)
		throw refuse.badJson(`Unexpected character in the body: ${body.text.slice(0, 40)}`);
	return body;
}

function readJson(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return new UnreadableJson(text);
	}
}

async function checkHead(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
	const line = Buffer.byteLength(`${request.method} ${request.url} HTTP/1.1`);
	if (line > LONGEST_HEAD) return await send(reply, refused(refuse.uriTooLong()));
	const headers = request.raw.rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0);
	if (line + headers > LONGEST_HEAD) return await send(reply, refused(refuse.headersTooLong()));
	return undefined;
}

/** The list of versions, which needs no token; label and address as the API names them. */
const versions = (org: Org): Answer => ({
	status: 200,
	body: Array.from({ length: org.settings.newestVersion - 30 }, (_, i) => {
		const version = `${31 + i}.0`;
		return { label: `Release ${version}`, url: `/services/data/v${version}`, version };
	}),
});

const refused = (error: SalesforceError): Answer => ({ status: error.status, body: error.restBody() });

function frameworkError(error: unknown): Answer {
	const message = error instanceof Error ? error.message : String(error);
	const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
	if (status === 415) return refused(refuse.notJson());
	if (status < 500) return { status, body: [{ errorCode: 'JSON_PARSER_ERROR', message }] };
	return { status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message }] };
}

async function send(reply: FastifyReply, { status, body }: Answer): Promise<unknown> {
	if (body === undefined) return await reply.code(status).send();
	return await reply.code(status).type('application/json;charset=UTF-8').send(JSON.stringify(body));
}
