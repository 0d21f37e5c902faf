import { z } from 'zod';

import type { CredentialRef, WorkflowJson } from '../../host/workflowBuilder';
import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { browserSuite } from '../../support/browserSuite';
import { chain } from '../../support/chain';

const wati = new WatiSimulator();

beforeAll(async () => await wati.start());
afterAll(async () => await wati.stop());
beforeEach(() => wati.reset());

const seen = browserSuite();

const order = { phone: '+34 612 345 678', company: 'Romero e Hijos', town: 'Madrid' };

const workflow = (connection: CredentialRef): WorkflowJson =>
	chain('Orders to contacts', [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
		{
			name: 'Order',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify(order), options: {} },
		},
		{
			name: 'Contact',
			type: 'n8n-nodes-whatsapp-crm.watiCreateOrUpdateContact',
			credentials: { watiConnectionApi: connection },
		},
	]);

const savedMapper = z.object({
	fields: z.object({
		value: z.record(z.unknown()),
		schema: z.array(z.object({ id: z.string(), removed: z.boolean(), field: z.object({ type: z.string() }) })),
	}),
});

describe('Create or Update Contact in the editor', () => {
	seen('shows live fields, takes mapped values, runs, and shows the outcome', async ({ editor, host }) => {
		wati.account.addContact({
			phone: '34612345678',
			name: 'Luis Romero',
			attributes: { city: 'Barcelona', company: 'Romero', tier: 'gold' },
		});
		const data = { apiEndpoint: `${wati.origin}/12345`, accessToken: wati.token };
		await editor.openNew(workflow(await host.createCredential('watiConnectionApi', 'WATI for orders', data)));

		const panel = await editor.openNode('Contact');
		await panel.fetchFields();
		await panel.addField('company');
		await panel.addField('city');
		await panel.fetchInput();
		await panel.map('phone', 'whatsappNumber');
		await panel.map('company', 'company');
		await panel.map('town', 'city');
		expect(await panel.execute()).toMatchObject([
			{
				action: 'updated',
				matchedBy: { value: '+34612345678' },
				changedFields: { city: { from: 'Barcelona', to: 'Madrid' }, company: { from: 'Romero', to: 'Romero e Hijos' } },
			},
		]);
		expect(wati.account.contactByPhone('34612345678')?.attributes.get('city')).toBe('Madrid');

		const saved = (await editor.save()).nodes.find(({ name }) => name === 'Contact');
		const { fields } = savedMapper.parse(saved?.parameters);
		expect(fields.value).toMatchObject({
			whatsappNumber: '={{ $json.phone }}',
			company: '={{ $json.company }}',
			city: '={{ $json.town }}',
		});
		// What the node keeps there of a field survives the editor, so that a run needs no field call.
		expect(fields.schema.map(({ id, removed, field }) => [id, removed, field.type])).toEqual(
			expect.arrayContaining([
				['whatsappNumber', false, 'text'],
				['tier', true, 'text'],
			]),
		);
	});

	seen('does not run while a required field is empty, and marks that field', async ({ editor, host }) => {
		const data = { apiEndpoint: `${wati.origin}/12345`, accessToken: wati.token };
		await editor.openNew(workflow(await host.createCredential('watiConnectionApi', 'WATI for orders', data)));
		const panel = await editor.openNode('Contact');
		await panel.fetchFields();
		await panel.mapper.getByTestId('parameter-issues').first().waitFor();
		await panel.close();
		expect(await editor.markedNodes()).toEqual(['Contact']);
	});
});
