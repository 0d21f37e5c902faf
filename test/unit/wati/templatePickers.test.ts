import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { getChannels } from '../../../nodes/Wati/methods/channels';
import { getTemplateParameters } from '../../../nodes/Wati/methods/templateParameters';
import { searchTemplateNames, searchTemplates } from '../../../nodes/Wati/methods/templates';
import { withWati } from '../../simulators/wati/harness';
import { fakeExecute } from '../../support/fakeExecute';

const { wati } = withWati();

/** What n8n gives a list while the builder edits a node with these parameters. */
function editor(parameters: Record<string, unknown> = {}): ILoadOptionsFunctions {
	const run = fakeExecute({
		parameters,
		credentials: { watiConnectionApi: { apiEndpoint: wati.origin, accessToken: wati.token } },
		authorize: () => ({ Authorization: `Bearer ${wati.token}` }),
	});
	const context: unknown = {
		...run,
		getCurrentNodeParameter: (name: string) => run.getNodeParameter(name, 0, null) ?? undefined,
	};
	return context as ILoadOptionsFunctions;
}

const template = (name: unknown, options: object = {}) => ({ template: { mode: 'list', value: name }, options });

describe('Template, from the list', () => {
	beforeEach(() => {
		wati.account.addTemplate({ name: 'welcome' });
		wati.account.addTemplate({ name: 'welcome', language: 'de' });
		wati.account.addTemplate({ name: 'order', category: 'UTILITY' });
		wati.account.addTemplate({ name: 'draft', status: 'REJECTED' });
	});

	test('offers for sending each approved name once, with language and category', async () => {
		const { results } = await searchTemplateNames.call(editor());
		expect(results).toEqual([
			{ name: 'welcome (en_US, MARKETING)', value: 'welcome' },
			{ name: 'order (en_US, UTILITY)', value: 'order' },
		]);
	});

	test('finds by a part of what is shown', async () => {
		const { results } = await searchTemplateNames.call(editor(), 'util');
		expect(results.map(({ value }) => value)).toEqual(['order']);
	});

	test('offers only those of the channel that was chosen; an expression has none yet', async () => {
		wati.account.addTemplate({ name: 'other', channelNumber: '15550002222' });
		const names = async (channel: string) =>
			(await searchTemplateNames.call(editor(template('', { channel })))).results.map(({ value }) => value);
		expect(await names('15550001111')).not.toContain('other');
		expect(await names('={{ $json.channel }}')).toContain('other');
	});

	test('offers for reading all of them by id, with their status', async () => {
		const { results } = await searchTemplates.call(editor());
		expect(results).toHaveLength(4);
		expect(results[3]).toEqual({ name: 'draft (en_US, MARKETING, REJECTED)', value: expect.stringMatching(/^b0/) });
	});
});

describe('Template Parameters', () => {
	test('are the parameters of the chosen template, all required, with what they are for', async () => {
		const parameters = [
			{ name: 'name', value: 'Ada' },
			{ name: 'order', value: '' },
		];
		for (let at = 0; at < 120; at++) wati.account.addTemplate({ name: `other ${at}` });
		wati.account.addTemplate({ name: 'order', status: 'PENDING_DELETION', parameters: [] });
		wati.account.addTemplate({ name: 'order', parameters });
		const field = { type: 'string', required: true, display: true, defaultMatch: false, canBeUsedToMatch: false };
		await expect(getTemplateParameters.call(editor(template('order')))).resolves.toEqual({
			fields: [
				{ id: 'name', displayName: 'name (e.g. Ada)', ...field },
				{ id: 'order', displayName: 'order', ...field },
			],
		});
	});

	test.each([
		['no template yet', '', /Choose a template first/],
		['a template by an expression', '={{ $json.template }}', /as JSON/],
		['a template that is gone', 'gone', /no template "gone"/],
		['a template without parameters', 'plain', /has no parameters/],
	])('%s: says so', async (_what, name, notice) => {
		wati.account.addTemplate({ name: 'plain', parameters: [] });
		await expect(getTemplateParameters.call(editor(template(name)))).resolves.toEqual({
			fields: [],
			emptyFieldsNotice: expect.stringMatching(notice),
		});
	});

	test('says why the account does not answer', async () => {
		wati.fault({ status: 403, body: { code: 403, message: 'scope', timestamp: '' } });
		await expect(getTemplateParameters.call(editor(template('order')))).rejects.toThrow(/no permission/);
	});
});

describe('Channel', () => {
	test('offers the numbers of the channels besides the default', async () => {
		wati.account.addChannel('Sales', '15550002222');
		await expect(getChannels.call(editor())).resolves.toEqual([{ name: 'Sales (15550002222)', value: '15550002222' }]);
	});

	test('offers a single default by its number, because WATI doesn’t find it by its name', async () => {
		const entries = [
			{ id: null, name: 'Default', channel: '15550001111' },
			{ id: null, name: 'Default', channel: null },
		];
		wati.fault({ status: 200, body: { channels: entries } });
		await expect(getChannels.call(editor())).resolves.toEqual([
			{ name: 'Default (15550001111)', value: '15550001111' },
		]);
	});

	test('says why the account does not answer', async () => {
		wati.fault({ status: 401 });
		await expect(getChannels.call(editor())).rejects.toThrow(/doesn't accept the access token/);
	});
});
