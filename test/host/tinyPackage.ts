import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packFolder } from './pack';

/** The names that the tests of the host itself use. */
export const tiny = {
	package: 'n8n-nodes-host-tiny',
	node: 'n8n-nodes-host-tiny.tinyEcho',
	credential: 'tinyApi',
} as const;

/**
 * Packs a package of one node and one credential, made on the spot, so that the host can be tested without the real package.
 * TinyEcho gives each item back as `{ echo: <its json> }`, with the text of its file in `read` if it has one; it fails an item
 * that has `fail`, makes a file of an item that has `file`, and has one of each kind of live list.
 */
export async function packTinyPackage(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-tiny-'));
	for (const [name, content] of Object.entries(files)) {
		const file = join(folder, name);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, content);
	}
	const tarball = await packFolder(folder);
	await rm(folder, { recursive: true });
	return tarball;
}

const manifest = {
	name: tiny.package,
	version: '0.0.1',
	description: 'A node for tests of the test host',
	license: 'MIT',
	keywords: ['n8n-community-node-package'],
	peerDependencies: { 'n8n-workflow': '*' },
	devDependencies: { 'never-installed': '1.0.0' },
	n8n: { n8nNodesApiVersion: 1, nodes: ['dist/TinyEcho.node.js'], credentials: ['dist/TinyApi.credentials.js'] },
};

const credential = `
class TinyApi {
	name = 'tinyApi';
	displayName = 'Tiny API';
	properties = [
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		{ displayName: 'Token', name: 'token', type: 'string', typeOptions: { password: true }, default: '' },
	];
	authenticate = { type: 'generic', properties: { headers: { authorization: '={{ "Bearer " + $credentials.token }}' } } };
	test = { request: { baseURL: '={{ $credentials.baseUrl }}', url: '/me' } };
}
exports.TinyApi = TinyApi;
`;

const node = `
const { NodeOperationError } = require('n8n-workflow');

class TinyEcho {
	description = {
		displayName: 'Tiny Echo',
		name: 'tinyEcho',
		group: ['transform'],
		version: 1,
		description: 'Gives items back',
		defaults: { name: 'Tiny Echo' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'tinyApi', required: false }],
		properties: [
			{ displayName: 'Colour Name or ID', name: 'colour', type: 'options', typeOptions: { loadOptionsMethod: 'getColours' }, default: '' },
		],
	};
	methods = {
		loadOptions: { getColours: async () => [{ name: 'Red', value: 'red' }, { name: 'Blue', value: 'blue' }] },
		listSearch: {
			async searchShades(filter) {
				const token = (await this.getCredentials('tinyApi')).token;
				return { results: [{ name: 'Shade ' + filter, value: this.getCurrentNodeParameter('colour') + ' ' + token.length }], paginationToken: 'next' };
			},
		},
		resourceMapping: {
			getFields: async () => ({ fields: [{ id: 'email', displayName: 'Email', required: true, defaultMatch: true, display: true, type: 'string' }] }),
		},
	};
	async execute() {
		const out = [];
		for (const [index, item] of this.getInputData().entries()) {
			try {
				if (item.json.fail) throw new NodeOperationError(this.getNode(), 'Told to fail', { itemIndex: index, description: 'By its input' });
				const binary = item.json.file
					? { data: await this.helpers.prepareBinaryData(Buffer.from(item.json.file), 'file.txt', 'text/plain') }
					: undefined;
				const read = item.binary ? { read: (await this.helpers.getBinaryDataBuffer(index, 'data')).toString() } : {};
				out.push({ json: { echo: item.json, ...read }, binary, pairedItem: { item: index } });
			} catch (error) {
				if (!this.continueOnFail()) throw error;
				out.push({ json: { error: error.message }, error, pairedItem: { item: index } });
			}
		}
		return [out];
	}
}
exports.TinyEcho = TinyEcho;
`;

const files = {
	'package.json': JSON.stringify(manifest),
	'dist/TinyEcho.node.js': node,
	'dist/TinyApi.credentials.js': credential,
};
