import type { N8nClient } from '../../host/n8nClient';
import { freePort } from '../../host/ports';
import { runNode } from '../../host/runNode';
import { sharedHost } from '../../host/shared';
import type { NodeSpec } from '../../host/workflowBuilder';
import { Simulator } from '../../simulators/kit/simulator';
import { WatiSimulator } from '../../simulators/wati/watiSimulator';

const TYPE = 'watiConnectionApi';

let host: N8nClient;
const wati = new WatiSimulator();
/** Some other web server, which answers every address with a page. */
const page = new Simulator('some web site');
page.app.all('*', async (_request, reply) => await reply.type('text/html').send('<html><body>Welcome</body></html>'));
/** A web server on which nothing of WATI is. */
const empty = new Simulator('another API');

beforeAll(async () => {
	[host] = await Promise.all([sharedHost(), wati.start(), page.start(), empty.start()]);
});
beforeEach(() => wati.reset());
afterAll(async () => void (await Promise.all([wati.stop(), page.stop(), empty.stop()])));

/** What the dialog of the connection shows. */
const tested = async (apiEndpoint: string, accessToken = wati.token) =>
	await host.testCredentialData(TYPE, { apiEndpoint, accessToken });

describe('the API Endpoint and Access Token, in the forms people paste them, work', () => {
	test.each<[string, (origin: string) => string, ((token: string) => string)?]>([
		['as the dashboard shows it', (origin) => `${origin}/12345`],
		['without the number', (origin) => origin],
		['with a slash at the end', (origin) => `${origin}/12345/`],
		['with the path of an API call', (origin) => `${origin}/12345/api/v1/getContacts`],
		['with the path of v3', (origin) => `${origin}/api/ext/v3`],
		['with blanks around', (origin) => `  ${origin}/12345 `],
		['and a token with Bearer in front', (origin) => `${origin}/12345`, (token) => `Bearer ${token}`],
		['and a token with blanks and quotes around', (origin) => origin, (token) => ` "${token}" `],
	])('%s', async (_form, endpoint, written = (token) => token) => {
		expect(await tested(endpoint(wati.origin), written(wati.token))).toEqual({ ok: true, message: 'Connection works' });
		expect(wati.log).toMatchObject([
			{
				method: 'GET',
				path: '/api/ext/v3/contacts/count',
				headers: { authorization: `Bearer ${wati.token}` },
				status: 200,
			},
		]);
	});
});

describe('the test of a connection says what is wrong', () => {
	const NO_WATI = /^There is no WATI at this API Endpoint\. Copy it again from WATI under Connector > API/;

	test('the token', async () => {
		const { ok, message } = await tested(wati.origin, 'another-token');
		expect({ ok, message }).toEqual({
			ok: false,
			message: expect.stringMatching(/^The API Endpoint is right, but WATI doesn't accept the Access Token\./),
		});
		expect(message).not.toContain('another-token');
	});

	test('the permissions of the token, which is right', async () => {
		wati.account.addToken('scoped', { scopes: ['conversationsv3:read'] });
		expect(await tested(wati.origin, 'scoped')).toEqual({
			ok: false,
			message: expect.stringMatching(
				/^The API Endpoint and the Access Token are right, but the token has no permission to read contacts\./,
			),
		});
	});

	test.each<[string, () => Promise<string>]>([
		['a host that does not exist', async () => 'https://no-such-server.example.com/12345'],
		['a host where nothing answers', async () => `http://127.0.0.1:${await freePort()}/12345`],
		['some web page', async () => page.origin],
		['a server that knows no WATI', async () => empty.origin],
	])('the host: %s', async (_what, endpoint) => {
		expect(await tested(await endpoint())).toEqual({ ok: false, message: expect.stringMatching(NO_WATI) });
	});

	test.each([
		['an empty endpoint', '', 'token', /^The API Endpoint is empty/],
		['an endpoint without encryption', 'http://live-mt-server.wati.io/12345', 'token', /starts with "http:\/\/"/],
		['an address inside a network', 'https://192.168.0.1/12345', 'token', /is an IP address/],
		['a token in the field of the endpoint', 'Bearer abcdef', 'token', /holds a token/],
		['an empty token', 'https://live-mt-server.wati.io/12345', 'Bearer ', /^The Access Token is empty/],
	])('the form: %s', async (_what, endpoint, token, message) => {
		expect(await tested(endpoint, token)).toEqual({ ok: false, message: expect.stringMatching(message) });
		expect(wati.log).toHaveLength(0);
	});

	test('a trouble of WATI itself', async () => {
		wati.fault({ status: 503, times: 9 });
		expect(await tested(wati.origin)).toEqual({
			ok: false,
			message: expect.stringMatching(/^WATI answered with status 503 when asked to count the contacts\./),
		});
	});
});

test('two connections in one workflow each talk to their own account', async () => {
	const other = await new WatiSimulator({ token: 'token-of-the-other', tenantId: '54321' }).start();
	try {
		const accounts = [wati, other];
		accounts.forEach(({ account }, at) => account.addContact({ phone: '14155552671', name: `Contact of ${at}` }));
		const [first, second] = await Promise.all(
			accounts.map(async ({ origin, token, tenantId }, at): Promise<NodeSpec> => {
				const credential = { apiEndpoint: `${origin}/${tenantId}`, accessToken: token };
				return {
					type: 'n8n-nodes-whatsapp-crm.wati',
					parameters: {
						resource: 'contact',
						operation: 'get',
						target: { __rl: true, mode: 'phone', value: '+14155552671' },
					},
					credentials: { [TYPE]: await host.createCredential(TYPE, `Account ${at}`, credential) },
				};
			}),
		);
		if (!first || !second) throw new Error('Two nodes are needed');
		const { items, execution } = await runNode(host, { before: [first], node: second });
		expect(execution.nodes['Before 1']?.[0]?.items[0]).toMatchObject([{ json: { name: 'Contact of 0' } }]);
		expect(items).toMatchObject([{ json: { name: 'Contact of 1' } }]);
		for (const { log, token } of accounts) {
			expect(log).toMatchObject([
				{ path: '/api/ext/v3/contacts/14155552671', headers: { authorization: `Bearer ${token}` } },
			]);
		}
	} finally {
		await other.stop();
	}
});
