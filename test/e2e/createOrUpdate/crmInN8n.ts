import type { N8nClient } from '../../host/n8nClient';
import { runNode, type NodeResult } from '../../host/runNode';
import { sharedHost } from '../../host/shared';
import type { CredentialRef, NodeSpec, OnError } from '../../host/workflowBuilder';
import type { CrmFixture } from '../../support/crms';

export interface CrmRun {
	/** Mapper values of each item. */
	items: Array<Record<string, unknown>>;
	/** Keys of the items that are no field, but stand in expressions of other parameters. */
	unmapped?: readonly string[];
	/** Fields that the stored mapping knows, and the vendor no longer has: id and label. */
	gone?: Record<string, string>;
	parameters?: Record<string, unknown>;
	options?: Record<string, unknown>;
	onError?: OnError;
}

type LiveField = Record<string, unknown> & { id: string; required: boolean };

/** A Create or Update Contact node in a real n8n, its mapper as the editor fills it from the vendor's live fields. */
export class CrmInN8n {
	private host!: N8nClient;
	private credential!: CredentialRef;
	private schema: LiveField[] = [];

	constructor(
		readonly crm: CrmFixture,
		startedHost: () => Promise<N8nClient> = sharedHost,
	) {
		beforeAll(async () => {
			[this.host] = await Promise.all([startedHost(), crm.start()]);
			this.credential = await this.host.createCredential(crm.credentialType, crm.name, crm.credentialData());
		});
		beforeEach(() => crm.reset());
		afterAll(async () => await crm.stop());
	}

	async run(run: CrmRun): Promise<NodeResult> {
		return await runNode(this.host, { node: await this.node(run), items: run.items });
	}

	/** The node as it is set up for these items. */
	async node({ items, unmapped = [], gone = {}, parameters = {}, options = {}, onError }: CrmRun): Promise<NodeSpec> {
		const former = Object.entries(gone).map(([id, displayName]) => ({
			id,
			displayName,
			required: false,
			type: 'string',
		}));
		const schema: LiveField[] = [...(await this.liveFields()), ...former];
		const required = schema.filter((field) => field.required).map(({ id }) => id);
		const mapped = items.flatMap((values) => Object.keys(values)).filter((id) => !unmapped.includes(id));
		const ids = [...new Set([...required, ...mapped])];
		return {
			type: `n8n-nodes-whatsapp-crm.${this.crm.node}`,
			credentials: { [this.crm.credentialType]: this.credential },
			parameters: {
				fields: {
					mappingMode: 'defineBelow',
					value: Object.fromEntries(ids.map((id) => [id, `={{ $json[${JSON.stringify(id)}] }}`])),
					matchingColumns: [],
					schema: schema.map((field) => ({ ...field, removed: !ids.includes(field.id) })),
				},
				allowCreate: true,
				allowUpdate: true,
				...parameters,
				options,
			},
			...(onError === undefined ? {} : { onError }),
		};
	}

	private async liveFields(): Promise<LiveField[]> {
		if (this.schema.length === 0) {
			const { fields } = await this.host.lists.mapperFields({
				nodeType: `n8n-nodes-whatsapp-crm.${this.crm.node}`,
				parameter: 'fields',
				method: 'getContactFields',
				credentials: { [this.crm.credentialType]: this.credential },
			});
			this.schema = fields.map((field) => ({ ...field, required: field.required === true }));
			this.crm.clearTraffic();
		}
		return this.schema;
	}
}
