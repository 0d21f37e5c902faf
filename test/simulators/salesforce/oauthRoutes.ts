import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { isObject } from './json';
import { OAuthError, type OAuthServer, type Session } from './oauth';
import type { Org, OrgUser } from './org';

/** What the routes need to know of the simulator at the time of a request. */
export interface OAuthContext {
	org: Org;
	oauth: OAuthServer;
	instanceUrl: string;
	loginUrl: string;
	/** Whether the request came to the login host of an org that lives at another. */
	isLoginOnly(request: FastifyRequest): boolean;
}

/** The pages and endpoints under `/services/oauth2`, and the identity address of the token answer. */
export function registerOAuth(app: FastifyInstance, context: () => OAuthContext): void {
	app.get('/services/oauth2/authorize', async (request, reply) => await authorize(context(), request, reply));
	app.post('/services/oauth2/authorize', async (request, reply) => await signIn(context(), request, reply));
	app.post('/services/oauth2/token', async (request, reply) => await token(context(), request, reply));
	app.post('/services/oauth2/revoke', async (request, reply) => await revoke(context(), request, reply));
	for (const method of ['GET', 'POST'] as const)
		app.route({
			method,
			url: '/services/oauth2/userinfo',
			handler: async (request, reply) => await userinfo(context(), request, reply),
		});
	app.get('/id/:organization/:user', async (request, reply) => await identity(context(), request, reply));
}

async function authorize(context: OAuthContext, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
	const query = texts(request.query);
	try {
		context.oauth.checkAuthorize(query);
	} catch (error) {
		return await refusedInBrowser(reply, error);
	}
	const [user] = context.org.users;
	if (context.oauth.settings.autoApprove && user) return await sendBack(context, reply, query, user);
	return await reply.type('text/html').send(loginPage(query));
}

async function signIn(context: OAuthContext, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
	const { username, pw, decision, ...query } = texts(request.body);
	try {
		context.oauth.checkAuthorize(query);
	} catch (error) {
		return await refusedInBrowser(reply, error);
	}
	if (decision === 'deny') {
		const denied = new OAuthError('access_denied', 'end-user denied authorization');
		return await reply.redirect(backTo(query, { error: denied.error, error_description: denied.description }));
	}
	const user = context.org.users.find((one) => one.username === username && one.password === pw);
	if (!user) return await reply.type('text/html').send(loginPage(query, 'Please check your username and password.'));
	return await sendBack(context, reply, query, user);
}

async function sendBack(
	context: OAuthContext,
	reply: FastifyReply,
	query: Record<string, string>,
	user: OrgUser,
): Promise<unknown> {
	try {
		return await reply.redirect(backTo(query, { code: context.oauth.issueCode(query, user) }));
	} catch (error) {
		if (!(error instanceof OAuthError)) throw error;
		return await reply.redirect(backTo(query, { error: error.error, error_description: error.description }));
	}
}

function backTo(query: Record<string, string>, answer: Record<string, string>): string {
	const url = new URL(query.redirect_uri ?? '');
	for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
	if (query.state !== undefined) url.searchParams.set('state', query.state);
	return url.toString();
}

async function token(context: OAuthContext, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
	// Only a form is read, so a JSON body looks like one without a grant type.
	const isForm = /^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '');
	const form = isForm ? texts(request.body) : {};
	const { instanceUrl, loginUrl } = context;
	const { authorization } = request.headers;
	const atLoginHost = context.isLoginOnly(request);
	try {
		return await reply.send(context.oauth.token({ form, authorization, instanceUrl, loginUrl, atLoginHost }));
	} catch (error) {
		return await refused(reply, error);
	}
}

async function revoke(context: OAuthContext, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
	try {
		context.oauth.revoke(texts(request.body).token ?? '');
		return await reply.code(200).send('');
	} catch (error) {
		return await refused(reply, error);
	}
}

async function userinfo(context: OAuthContext, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
	const session = bearer(context, request);
	if (!session) return await reply.code(403).type('text/plain').send('Bad_OAuth_Token');
	const user = userOf(context.org, session.userId);
	return await reply.send({
		sub: session.identityUrl,
		user_id: session.userId,
		organization_id: context.org.organizationId,
		preferred_username: user?.username,
		nickname: user?.username.split('@')[0],
		name: user?.name,
		email: user?.email,
		email_verified: true,
		active: true,
		urls: { rest: `${context.instanceUrl}/services/data/v{version}/` },
	});
}

async function identity(context: OAuthContext, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
	const session = bearer(context, request);
	if (!session) return await reply.code(403).type('text/plain').send('Bad_OAuth_Token');
	const user = userOf(context.org, session.userId);
	return await reply.send({
		id: session.identityUrl,
		asserted_user: true,
		user_id: session.userId,
		organization_id: context.org.organizationId,
		username: user?.username,
		display_name: user?.name,
		email: user?.email,
		active: true,
	});
}

function bearer(context: OAuthContext, request: FastifyRequest): Session | undefined {
	const fromHeader = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
	return context.oauth.session(fromHeader ?? texts(request.query).oauth_token ?? '');
}

const userOf = (org: Org, id: string): OrgUser | undefined => org.users.find((one) => one.id === id);

async function refused(reply: FastifyReply, error: unknown): Promise<unknown> {
	if (!(error instanceof OAuthError)) throw error;
	return await reply.code(error.status).send({ error: error.error, error_description: error.description });
}

async function refusedInBrowser(reply: FastifyReply, error: unknown): Promise<unknown> {
	if (!(error instanceof OAuthError)) throw error;
	const text = `error=${error.error}&error_description=${error.description}`;
	return await reply
		.code(400)
		.type('text/html')
		.send(`<html><body><p>${escapeHtml(text)}</p></body></html>`);
}

function loginPage(query: Record<string, string>, problem = ''): string {
	const hidden = Object.entries(query).map(
		([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
	);
	return `<!doctype html><html><head><title>Login | Salesforce simulator</title></head><body>
<form id="login" method="post" action="/services/oauth2/authorize">${hidden.join('')}
<p id="error" role="alert">${escapeHtml(problem)}</p>
<label>Username <input id="username" name="username" autocomplete="username"></label>
<label>Password <input id="password" name="pw" type="password" autocomplete="current-password"></label>
<button id="Login" name="decision" value="allow">Log In and Allow</button>
<button id="Deny" name="decision" value="deny">Deny</button>
</form></body></html>`;
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The entries of a query or form that are texts. */
function texts(value: unknown): Record<string, string> {
	if (!isObject(value)) return {};
	return Object.fromEntries(
		Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
	);
}
