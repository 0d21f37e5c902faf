import type { INodeType } from 'n8n-workflow';

import { Wati } from '../../../nodes/Wati/Wati.node';
import { WawpCreateOrUpdateContact } from '../../../nodes/WawpCreateOrUpdateContact/WawpCreateOrUpdateContact.node';
import { runNodeFake } from '../../support/fakeExecute';

const ORIGIN = 'https://live-mt-server.wati.io';

/** Values of which each tries to become another address, another query, or another header. */
const TRICKS = [
	'..',
	'.',
	'../..',
	'..%2f..%2faccount',
	'%2e%2e',
	'%2e%2e%2f',
	'%252e%252e%252f',
	'a/../../../v1/secret',
	'/',
	'//evil.example/x',
	'/api/ext/v3/account/credits',
	'\\..\\..\\',
	'..\\',
	'..;/',
	'x?admin=true',
	'x&admin=true',
	'x#fragment',
	'x;type=a',
	'https://evil.example/',
	'@evil.example',
	':@evil.example',
	'x\r\nX-Evil: 1',
	'x\nHost: evil.example',
	'%0d%0aX-Evil:%201',
	'x\u0000y',
	'%00',
	'x\u2028y',
	'x y\tz',
	'\ud800',
	'\u202Egpj.exe',
	'__proto__',
	'constructor',
	'..\u2215..',
	'\uff0e\uff0e\uff0fx',
	'a'.repeat(5_000),
];

interface Door {
	name: string;
	node?: INodeType;
	parameters(trick: string): Record<string, unknown>;
	/** A value that is in order; an ID where it is left out. */
	right?: string;
	/** Where every call of it has to go. */
	path: RegExp;
}

const PART = '[^/]+';
const V3 = '/api/ext/v3';
const id = (mode: string) => (value: string) => ({ mode, value });
const RIGHT: Record<string, string> = {
	phone: '+14155552671',
	channelPhone: 'Main:+14155552671',
	bsuid: 'ML.2011135123094924',
};

const contact = (mode: string): Door => ({
	right: RIGHT[mode],
	name: `Contact > Get, target by ${mode}`,
	parameters: (trick) => ({ resource: 'contact', operation: 'get', target: id(mode)(trick), simplify: true }),
	path: new RegExp(`^${V3}/contacts/${PART}$`),
});

const DOORS: Door[] = [
	...['phone', 'contactId', 'channelPhone', 'bsuid'].map(contact),
	{
		name: 'Contact > Get, the channel of the target',
		parameters: (trick) => ({
			resource: 'contact',
			operation: 'get',
			target: id('channelPhone')(`${trick}:+14155552671`),
			simplify: true,
		}),
		path: new RegExp(`^${V3}/contacts/${PART}$`),
	},
	{
		name: 'Contact > Delete',
		parameters: (trick) => ({ resource: 'contact', operation: 'delete', target: id('contactId')(trick) }),
		path: new RegExp(`^${V3}/contacts/${PART}$`),
	},
	{
		name: 'Message > Get Media File',
		parameters: (trick) => ({
			resource: 'message',
			operation: 'getMedia',
			messageId: trick,
			binaryPropertyName: 'data',
		}),
		path: new RegExp(`^${V3}/conversations/messages/file/${PART}$`),
	},
	{
		name: 'Message > Get Many',
		parameters: (trick) => ({
			resource: 'message',
			operation: 'getMany',
			target: id('conversationId')(trick),
			returnAll: false,
			limit: 1,
			simplify: true,
		}),
		path: new RegExp(`^${V3}/conversations/${PART}/messages$`),
	},
	{
		name: 'Conversation > Remove Tag',
		parameters: (trick) => ({
			resource: 'conversation',
			operation: 'removeTag',
			target: id('phone')('+14155552671'),
			tag: trick,
		}),
		path: new RegExp(`^${V3}/conversations/14155552671/tags/${PART}$`),
	},
	{
		name: 'Conversation > Update Status',
		parameters: (trick) => ({
			resource: 'conversation',
			operation: 'updateStatus',
			target: id('conversationId')(trick),
			status: 'open',
		}),
		path: new RegExp(`^${V3}/conversations/${PART}/status$`),
	},
	{
		name: 'Template > Get',
		parameters: (trick) => ({ resource: 'template', operation: 'get', template: id('id')(trick), simplify: true }),
		path: new RegExp(`^${V3}/messageTemplates(/${PART})?$`),
	},
	{
		name: 'Campaign > Get',
		parameters: (trick) => ({ resource: 'campaign', operation: 'get', campaign: id('id')(trick), simplify: true }),
		path: new RegExp(`^${V3}/broadcasts/${PART}$`),
	},
	{
		name: 'Wawp, chat ID',
		right: '14155552671@c.us',
		node: new WawpCreateOrUpdateContact(),
		parameters: (trick) => ({
			fields: {
				mappingMode: 'defineBelow',
				value: { chatId: trick, firstName: trick },
				schema: ['chatId', 'firstName'].map((name) => ({ id: name, displayName: name, field: { type: 'text' } })),
			},
		}),
		path: /^\/v2\/contacts(\/[^/]+)?$/,
	},
];

/** What leaves when the value is given to the node, and what comes out. */
async function attempt({ node, parameters }: Door, value: string) {
	const asked: Array<{ url: string; headers: unknown }> = [];
	const [output] = await runNodeFake(node ?? new Wati(), {
		parameters: { options: {}, ...parameters(value) },
		credentials: {
			watiConnectionApi: { apiEndpoint: `${ORIGIN}/12345`, accessToken: 'token' },
			wawpConnectionApi: { apiEndpoint: ORIGIN, accessToken: 'token', instanceId: 'A1B2C3D4E5F6' },
		},
		http: async (_type, { url, headers }) => {
			asked.push({ url, headers });
			return await Promise.resolve({ statusCode: 400, headers: {}, body: '{"message":"not today"}' });
		},
		onError: 'continueRegularOutput',
	});
	return { asked, output: output ?? [] };
}

describe.each(DOORS)('$name', (door) => {
	test('takes a value that is in order', async () => {
		const { asked } = await attempt(door, door.right ?? '6a9f0c1d2e3b4a5f6c7d8e9f');
		expect(asked).not.toEqual([]);
		expect(new URL(asked[0]?.url ?? '').pathname).toMatch(door.path);
	});

	test.each(TRICKS.map((trick) => ({ trick, shown: JSON.stringify(trick).slice(0, 60) })))(
		'$shown stays within its place, or is refused before any call',
		async ({ trick }) => {
			const { asked, output } = await attempt(door, trick);
			for (const { url, headers } of asked) {
				// What a lenient server makes of it after decoding once more is not ours; what leaves is one part of one path.
				const { origin, pathname, search, hash, href } = new URL(url);
				expect(href).toBe(url);
				expect({ origin, hash }).toEqual({ origin: ORIGIN, hash: '' });
				expect(pathname).toMatch(door.path);
				expect(search).not.toMatch(/admin/i);
				expect(JSON.stringify(headers)).not.toMatch(/evil/i);
			}
			expect(output).toHaveLength(1);
			if (asked.length === 0) expect(output[0]?.json.error).toEqual(expect.stringMatching(/./));
		},
	);
});

test('a file name and a caption make no parts or headers of their own', async () => {
	const bodies: string[] = [];
	await runNodeFake(new Wati(), {
		parameters: {
			resource: 'message',
			operation: 'sendFile',
			target: { mode: 'phone', value: '+14155552671' },
			binaryPropertyName: 'data',
			simplify: true,
			options: {
				caption: '\r\n--\r\nContent-Disposition: form-data; name="target"\r\n\r\n14155550000',
				fileName: 'a"; name="target"\r\nContent-Type: text/html\r\n\r\n.png',
			},
		},
		items: [{ json: {}, binary: { data: { data: 'AAAA', mimeType: 'image/png\r\nX-Evil: 1', fileName: 'x' } } }],
		credentials: { watiConnectionApi: { apiEndpoint: ORIGIN, accessToken: 'token' } },
		http: async (_type, { body }) => {
			bodies.push(Buffer.from(body as Buffer).toString('latin1'));
			return await Promise.resolve({ statusCode: 400, headers: {}, body: '' });
		},
		onError: 'continueRegularOutput',
	});
	const [body = ''] = bodies;
	const boundary = /^--(\S+)\r\n/.exec(body)?.[1] ?? '';
	const parts = body.split(`--${boundary}`).slice(1, -1);
	expect(parts.map((part) => part.split('\r\n\r\n')[0]?.split('\r\n').filter(Boolean).length)).toEqual([1, 1, 2]);
});
