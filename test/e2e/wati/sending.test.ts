import { runNode } from '../../host/runNode';
import { sharedHost } from '../../host/shared';
import type { Fault } from '../../simulators/kit/faults';
import type { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { withWatiNode } from './watiNodeInN8n';

const { wati, run } = withWatiNode();
const PHONE = '14155552671';
const CHATBOT = 'e1'.padEnd(24, '0');
const target = { mode: 'phone', value: `+${PHONE}` };

beforeEach(() => {
	const { account } = wati;
	account.addConversation(account.addContact({ phone: PHONE, name: 'Ada' }));
	account.addTemplate({ name: 'welcome', parameters: [] });
	account.chatbots.set(CHATBOT, { id: CHATBOT, name: 'Welcome', created: account.now() });
});

const TEMPLATE = {
	resource: 'template',
	target,
	template: { mode: 'name', value: 'welcome' },
	sendTo: 'one',
	specifyParameters: 'json',
	templateParametersJson: '{}',
	broadcastName: 'Leads',
};

/** Everything that reaches a person. */
const SENDS: Record<string, Record<string, unknown>> = {
	'Message > Send Text': { resource: 'message', operation: 'sendText', target, text: 'Hello' },
	'Message > Send File via URL': {
		resource: 'message',
		operation: 'sendFileViaUrl',
		target,
		fileUrl: 'https://example.com/may.pdf',
	},
	'Message > Send Interactive Buttons': {
		resource: 'message',
		operation: 'sendInteractiveButtons',
		target,
		headerType: 'none',
		body: 'May we call?',
		buttons: { button: [{ text: 'Yes' }] },
	},
	'Message > Send Interactive List': {
		resource: 'message',
		operation: 'sendInteractiveList',
		target,
		body: 'When?',
		buttonText: 'Choose',
		specifySections: 'json',
		sectionsJson: '[{ "rows": [{ "title": "Noon" }] }]',
	},
	'Template > Send': { ...TEMPLATE, operation: 'send' },
	'Template > Schedule': { ...TEMPLATE, operation: 'schedule', scheduledAt: '2099-01-01T10:00:00Z' },
	'Chatbot > Start': {
		resource: 'chatbot',
		operation: 'start',
		target,
		chatbot: { mode: 'id', value: CHATBOT },
	},
};

/** After each of these nobody knows whether WATI has done it. */
const TROUBLES: Record<string, Fault> = {
	'a 500': { status: 500 },
	'a 503 that asks to come back': { status: 503, headers: { 'retry-after': '0' } },
	'a connection that WATI ends before it has done anything': { drop: 'before' },
	'a connection that WATI ends after it has done it': { drop: 'after' },
	'an answer that can not be read': { answerAfter: { status: 200, body: '<html>Bad gateway</html>' } },
};

const posts = (simulator: WatiSimulator) => simulator.log.filter(({ method }) => method === 'POST');

describe.each(Object.entries(SENDS))('%s', (_name, parameters) => {
	test.each(Object.entries(TROUBLES))('is not repeated after %s, and the builder is told so', async (_what, fault) => {
		wati.fault({ method: 'POST', ...fault, times: 9 });
		await expect(run({ parameters })).rejects.toMatchObject({
			message: expect.stringMatching(/^WATI .*, so it is not known whether it did (send|schedule|start) the /),
			description: expect.stringContaining('It was not sent again, so that nothing happens twice.'),
			context: { kind: 'outcomeUnknown' },
		});
		expect(posts(wati)).toHaveLength(1);
	});

	test('is done once when WATI first refuses it as one call too many', async () => {
		wati.fault({ method: 'POST', status: 429, headers: { 'retry-after': '1' } });
		await run({ parameters });
		expect(posts(wati).map(({ status, handled }) => ({ status, handled }))).toEqual([
			{ status: 429, handled: false },
			{ status: 200, handled: true },
		]);
	});
});

test.each(Object.entries(TROUBLES))('a look-up is repeated after %s', async (_what, fault) => {
	wati.fault({ ...fault, times: 2 });
	const output = await run({ parameters: { resource: 'contact', operation: 'get', target } });
	expect(output).toMatchObject([{ json: { name: 'Ada' } }]);
	expect(wati.log).toHaveLength(3);
});

test('a look-up that WATI never answers ends after four attempts, and says so', async () => {
	wati.fault({ status: 502, times: 9 });
	await expect(run({ parameters: { resource: 'contact', operation: 'get', target } })).rejects.toMatchObject({
		message: 'WATI answered with status 502 when asked to get the contact',
		description: expect.stringContaining('It was tried 4 times.'),
		httpCode: '502',
	});
	expect(wati.log).toHaveLength(4);
});

test('a message whose answer takes too long is not repeated, neither is the start of a chatbot', async () => {
	wati.fault({ method: 'POST', stallMs: 45_000, times: 2 });
	const running = ['Message > Send Text', 'Chatbot > Start'].map((name) =>
		expect(run({ parameters: SENDS[name] ?? {} })).rejects.toMatchObject({
			message: expect.stringContaining('did not answer in time'),
			context: { kind: 'outcomeUnknown' },
		}),
	);
	await Promise.all(running);
	expect(posts(wati)).toHaveLength(2);
});

test("a node that n8n tries again sends the same local message id, so that WATI's webhooks can be traced", async () => {
	const host = await sharedHost();
	const credential = await host.createCredential('watiConnectionApi', 'WATI', {
		apiEndpoint: wati.origin,
		accessToken: wati.token,
	});
	wati.fault({ method: 'POST', status: 400, body: { code: 400, message: 'not yet', timestamp: '' } });
	const { items } = await runNode(host, {
		node: {
			type: 'n8n-nodes-whatsapp-crm.wati',
			parameters: { ...SENDS['Template > Send'], target: { __rl: true, ...target } },
			credentials: { watiConnectionApi: credential },
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
		},
	});
	expect(items).toMatchObject([{ json: { accepted: true } }]);
	const [first, second] = posts(wati).map(({ body }) => JSON.stringify(body));
	expect(first).toContain('"local_message_id"');
	expect(second).toBe(first);
});
