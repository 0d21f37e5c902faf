import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { z } from 'zod';

import type { N8nClient } from '../host/n8nClient';
import { runNode } from '../host/runNode';
import { sharedHost } from '../host/shared';
import type { CredentialRef, NodeSpec, OnError } from '../host/workflowBuilder';
import type { Fault } from '../simulators/kit/faults';
import type { RecordedRequest, Simulator } from '../simulators/kit/simulator';
import { SALESFORCE_CLIENT } from '../simulators/salesforce';
import { WatiSimulator } from '../simulators/wati/watiSimulator';
import { defaultClient } from '../simulators/zoho';
import { mapped, salesforceFixture, wawpFixture, zohoFixture, type CrmFixture } from '../support/crms';
import { inbound, PHONE, picked, TriggerWorld } from './trigger/triggerWorld';

/**
 * What a connection holds must not be found in anything that n8n keeps or shows: outputs, errors, its log, its database
 * with all executions, its files. Looked for after runs that went well and runs that failed in every way, also when
 * the vendor repeats the secret in its answer.
 */
interface Vendor {
	name: string;
	/** What must never be seen, besides the tokens that n8n gets while the tests run. */
	secrets(): string[];
	/** Where calls of the API arrive. */
	api: Simulator;
	/** What the connection is made of. */
	credential(): { type: string; data: Record<string, unknown> };
	/** Nodes as a builder would have them; the connection is added. */
	nodes: NodeSpec[];
	/** Makes the vendor refuse a new token and repeat what it was sent. */
	refuseNewToken?(secrets: string[]): void;
}

const canary = (name: string): string => `canary-${name}-${randomBytes(16).toString('hex')}`;
/** Stands in items and a file, so that the search is known to look at the right places. */
const MARKER = `seen${randomBytes(8).toString('hex')}`;

const wati = new WatiSimulator({ token: canary('wati') });
const salesforce = salesforceFixture();
const zoho = zohoFixture();
const wawp = wawpFixture();

const salesforceSecret = canary('salesforceClient');
const salesforceRefresh = canary('salesforceRefresh');
const zohoSecret = canary('zohoClient');
const wawpToken = canary('wawp');

const createOrUpdate = (crm: CrmFixture): NodeSpec => ({
	type: `n8n-nodes-whatsapp-crm.${crm.node}`,
	parameters: {
		fields: { mappingMode: 'defineBelow', value: mapped(crm, 1, '={{ $json.text }}'), matchingColumns: [], schema: [] },
		options: {},
	},
});

const watiNode = (parameters: Record<string, unknown>): NodeSpec => ({
	type: 'n8n-nodes-whatsapp-crm.wati',
	parameters: { target: { __rl: true, mode: 'phone', value: '+14155550001' }, simplify: false, ...parameters },
});

const VENDORS: Vendor[] = [
	{
		name: 'WATI',
		secrets: () => [wati.token],
		api: wati,
		credential: () => ({
			type: 'watiConnectionApi',
			data: { apiEndpoint: `${wati.origin}/12345`, accessToken: `Bearer ${wati.token}` },
		}),
		nodes: [
			watiNode({ resource: 'message', operation: 'sendText', text: '={{ $json.text }}' }),
			watiNode({ resource: 'contact', operation: 'getMany' }),
			watiNode({ resource: 'message', operation: 'getMedia', messageId: 'e0aaaaaaaaaaaaaaaaaaaaaa' }),
		],
	},
	{
		name: 'Salesforce',
		secrets: () => [salesforceRefresh, salesforceSecret],
		api: salesforce.simulator,
		credential() {
			const data = salesforce.credentialData();
			const tokens = { ...(data.oauthTokenData as object), refresh_token: salesforceRefresh };
			return {
				type: salesforce.credentialType,
				data: { ...data, clientSecret: salesforceSecret, oauthTokenData: tokens },
			};
		},
		nodes: [createOrUpdate(salesforce)],
		refuseNewToken(secrets) {
			salesforce.simulator.expireAccessTokens();
			salesforce.simulator.fault({
				path: /oauth2\/token/,
				status: 400,
				body: { error: 'invalid_grant', error_description: `expired: ${secrets.join(' ')}` },
				times: 9,
			});
		},
	},
	{
		name: 'Zoho CRM',
		secrets: () => [zohoRefresh(), zohoSecret],
		api: zoho.simulator.api,
		credential: () => ({ type: zoho.credentialType, data: { ...zoho.credentialData(), clientSecret: zohoSecret } }),
		nodes: [createOrUpdate(zoho)],
		refuseNewToken(secrets) {
			zoho.simulator.expireAccessTokens();
			zoho.simulator.accounts.fault({ status: 400, body: { error: `invalid_code ${secrets.join(' ')}` }, times: 9 });
		},
	},
	{
		name: 'Wawp',
		secrets: () => [wawpToken],
		api: wawp.simulator.api,
		credential: () => ({ type: wawp.credentialType, data: { ...wawp.credentialData(), accessToken: wawpToken } }),
		nodes: [createOrUpdate(wawp)],
	},
];

function zohoRefresh(): string {
	const { oauthTokenData } = zoho.credentialData();
	return z.object({ refresh_token: z.string() }).parse(oauthTokenData).refresh_token;
}

/** The token that a request carries. */
const sentToken = ({ headers }: RecordedRequest): string => String(headers.authorization).split(' ').at(-1) ?? '';

/** A refusal that repeats the token of the request and all other secrets, in every place where a vendor says something. */
const refusal =
	(secrets: string[]) =>
	(request: RecordedRequest): object => {
		const said = `not with ${[sentToken(request), ...secrets].join(' or ')}`;
		return {
			...{ code: said, message: said, error: said, info: said, errorCode: said, error_description: said },
			...{ details: { expected: said }, data: [{ code: said, message: said, status: 'error', details: {} }] },
			...{ result: false, success: false, failed_detail: said },
		};
	};

/** Every way to fail, each for all calls of a run. */
const FAILURES: Record<string, (secrets: string[]) => Fault> = {
	...Object.fromEntries(
		[400, 401, 403, 404, 409, 422, 500].map((status) => [
			`status ${status}`,
			(secrets: string[]): Fault => ({ status, body: refusal(secrets) }),
		]),
	),
	'a rate limit': (secrets) => ({ status: 429, body: refusal(secrets), headers: { 'retry-after': '999999' } }),
	'a refusal under status 200': (secrets) => ({ status: 200, body: refusal(secrets) }),
	'a web page': (secrets) => ({
		status: 200,
		body: (request) => `<html><body>${sentToken(request)} ${secrets.join(' ')}</body></html>`,
	}),
	'a refusal in plain text': (secrets) => ({
		status: 400,
		body: (request) => `${sentToken(request)} ${secrets.join(' ')}`,
		headers: { 'content-type': 'text/plain' },
	}),
	'a list of refusals': (secrets) => ({ status: 400, body: (request) => [refusal(secrets)(request)] }),
	'a redirect': (secrets) => ({ status: 302, headers: { location: `https://example.com/?token=${secrets[0]}` } }),
	'a lost connection': () => ({ drop: 'before' }),
};

let host: N8nClient;
/** All that was shown: executions, items, errors, sentences of the editor. */
const shown: string[] = [];
/** Tokens that n8n got while the tests ran, as the vendors saw them. */
const renewed = new Set<string>();
/** The trigger's token, and every secret in an address that it asked WATI for. */
const ofTrigger = new Set<string>();
const startedAt = Date.now();

beforeAll(async () => {
	host = await sharedHost();
	await Promise.all([wati.start(), salesforce.start(), zoho.start(), wawp.start()]);
	Object.assign(wawp.simulator, { accessToken: wawpToken });
	zoho.simulator.registerClient({ ...defaultClient, secret: zohoSecret });
	salesforce.simulator.oauth.settings.clients = [{ ...SALESFORCE_CLIENT, secret: salesforceSecret }];
	const conversation = wati.account.addConversation(wati.account.addContact({ phone: '14155550001', name: 'Ada' }));
	const media = { fileName: 'a.txt', mimeType: 'text/plain', size: 0, content: Buffer.from(`${MARKER} file`) };
	wati.account.addMessage(conversation, { id: 'e0aaaaaaaaaaaaaaaaaaaaaa', media });
});
afterAll(async () => void (await Promise.all([wati, salesforce, zoho, wawp].map(async (one) => await one.stop()))));

/** Whether the node did what it should; what it showed is kept. */
async function run(node: NodeSpec, onError: OnError): Promise<boolean> {
	const { execution, error, failed, hints } = await runNode(host, {
		node: { ...node, onError },
		items: [{ text: MARKER }],
	});
	shown.push(JSON.stringify([execution, error, failed, hints]));
	return error === undefined && failed.length === 0;
}

/** Runs all nodes of all vendors at the same time, set to stop and to go on, and says of each vendor whether they did what they should. */
async function runAll(vendors: Vendor[]): Promise<Record<string, readonly boolean[]>> {
	const results = vendors.map(async ({ name, credential, nodes }) => {
		const { type, data } = credential();
		connections[name] ??= await host.createCredential(type, `canary ${name}`, data);
		const credentials = { [type]: connections[name] };
		const runs = nodes.flatMap((node) => ON_ERROR.map(async (onError) => await run({ ...node, credentials }, onError)));
		return [name, [...new Set(await Promise.all(runs))]] as const;
	});
	return Object.fromEntries(await Promise.all(results));
}

const ON_ERROR: OnError[] = ['stopWorkflow', 'continueErrorOutput'];
const connections: Record<string, CredentialRef> = {};
const all = (vendors: Vendor[], isFine: boolean) => Object.fromEntries(vendors.map(({ name }) => [name, [isFine]]));

beforeEach(() => VENDORS.forEach(({ api }) => api.resetTraffic()));
afterEach(() => {
	for (const request of VENDORS.flatMap(({ api }) => api.log)) {
		if (request.headers.authorization) renewed.add(sentToken(request));
	}
});

test('runs that go well', async () => {
	expect(await runAll(VENDORS)).toEqual(all(VENDORS, true));
});

test.each(Object.entries(FAILURES))('runs that fail: %s', async (_what, failure) => {
	for (const { api, secrets } of VENDORS) api.fault({ ...failure(secrets()), times: 99 });
	expect(await runAll(VENDORS)).toEqual(all(VENDORS, false));
});

test('runs for which the vendor refuses a new token', async () => {
	const vendors = VENDORS.filter(({ refuseNewToken }) => refuseNewToken);
	for (const vendor of vendors) vendor.refuseNewToken?.(vendor.secrets());
	expect(await runAll(vendors)).toEqual(all(vendors, false));
});

test('the connection test and the lists of the editor, when WATI repeats the token', async () => {
	const { type, data } = VENDORS[0]?.credential() ?? { type: '', data: {} };
	const credential = await host.createCredential(type, 'canary', data);
	for (const failure of Object.values(FAILURES)) {
		wati.resetTraffic();
		wati.fault({ ...failure([wati.token]), times: 99 });
		const { message } = await host.testCredential(credential.id);
		const list = host.lists.search({
			nodeType: 'n8n-nodes-whatsapp-crm.wati',
			parameter: 'chatbot',
			method: 'searchChatbots',
			parameters: { resource: 'chatbot', operation: 'start' },
			credentials: { [type]: credential },
		});
		shown.push(message, await list.then(JSON.stringify, String));
	}
});

test('the trigger: published, told of events, tried by strangers, refused, unpublished', async () => {
	const world = await TriggerWorld.start(host, { token: canary('watiTrigger') });
	const { wati: account } = world;
	const trigger = await world.publish(picked({ options: { downloadMedia: true } }));
	const media = { fileName: 'a.txt', mimeType: 'text/plain', size: 0, content: Buffer.from(`${MARKER} file`) };
	await account.receive({ phone: PHONE, text: MARKER, media });
	await account.receive({ phone: PHONE, text: MARKER, media: { ...media, gone: true } });
	await trigger.itemsOf(2);
	for (const request of [{}, { raw: '{"eventType' }, { method: 'GET' }, { raw: 'x'.repeat(1_100_000) }]) {
		shown.push(JSON.stringify(await trigger.post(trigger.address(), inbound(), request)));
		shown.push(JSON.stringify(await trigger.post(trigger.url, inbound(), request)));
	}
	// n8n tries each of them for 15 seconds, and five of them at the same time.
	const kinds = ['status 400', 'a refusal under status 200', 'a web page', 'a refusal in plain text'];
	const repeatsAddress = (): Fault => ({
		status: 200,
		body: ({ body }) => ({ ok: false, result: JSON.stringify(body) }),
	});
	const failures = Object.entries(FAILURES).flatMap(([kind, failure]) => (kinds.includes(kind) ? [failure] : []));
	const refused = [...failures, repeatsAddress].map(async (failure) => {
		const other = await world.store();
		const when = (request: RecordedRequest): boolean => other.isOf(request);
		account.fault({ ...failure([account.token, trigger.secret()]), path: /webhookEndpoints/, times: 99, when });
		shown.push(await other.refusal());
		return other;
	});
	const stored = [trigger, ...(await Promise.all(refused))];
	await trigger.unpublish();
	shown.push(JSON.stringify(await trigger.post(trigger.address(), inbound())));
	for (const { workflow } of stored) {
		shown.push(JSON.stringify(await host.rest.api('GET', `/workflows/${workflow.id}`)));
		shown.push(JSON.stringify(await host.rest.api('GET', `/executions?includeData=true&workflowId=${workflow.id}`)));
	}
	const asked = JSON.stringify(account.requests('POST', /webhookEndpoints/).map(({ body }) => body ?? null));
	for (const [, secret = ''] of asked.matchAll(/secret=([0-9a-f]{64})/g)) ofTrigger.add(secret);
	// One for each, which stays the same until WATI has taken it.
	expect(ofTrigger.size).toBe(stored.length);
	ofTrigger.add(account.token);
	await world.stop();
});

test('nothing that was shown, logged or stored holds a secret', async () => {
	const secrets = [...new Set([...VENDORS.flatMap((vendor) => vendor.secrets()), ...renewed, ...ofTrigger])];
	expect(secrets.every((secret) => secret.length > 20)).toBe(true);
	const files = await filesOf(dirname(host.connection.logFile));
	const found = new Map(shown.map((text) => [text.slice(0, 80), findIn(Buffer.from(text), secrets)]));
	for (const file of files) found.set(file, findIn(await readFile(file), secrets));
	expect([...found].filter(([, excerpts]) => excerpts.length > 0)).toEqual([]);
	// The search sees what it should: the database, its log of late writes, and the files that nodes have made.
	const seen = await Promise.all(files.map(async (file) => (await readFile(file)).includes(MARKER)));
	const where = files.filter((_, at) => seen[at]);
	expect(where).toContainEqual(expect.stringMatching(/database\.sqlite(-wal)?$/));
	expect(where).toContainEqual(expect.stringMatching(/binary|storage/i));
	expect(shown.join('')).toContain(MARKER);
});

/** Every file below n8n's user folder that was written to since the tests began, but not the packages in it. */
async function filesOf(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { withFileTypes: true });
	const lists = entries.map(async (entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : await filesOf(path);
		return entry.isFile() && (await stat(path)).mtimeMs >= startedAt ? [path] : [];
	});
	return (await Promise.all(lists)).flat();
}

/** Where a secret is, as it is or in Base64, wherever in a longer text it begins: what stands before each of the first ones. */
function findIn(content: Buffer, secrets: string[]): string[] {
	return secrets
		.flatMap((secret) => [secret, ...base64Forms(secret)])
		.map((form) => content.indexOf(form))
		.filter((at) => at >= 0)
		.map((at) => content.subarray(Math.max(0, at - 300), at + 30).toString('latin1'));
}

function base64Forms(secret: string): string[] {
	return ['', ' ', '  '].map((before) =>
		Buffer.from(before + secret)
			.toString('base64')
			.slice(4, -4),
	);
}
