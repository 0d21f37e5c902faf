import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { credentialTest } from '../shared/wati/credentialTest';
import { whenCalled } from '../shared/whenCalled';
import { properties } from './properties';

/** The path behind n8n's own part; with Registration: Manual the secret is its last segment, so that n8n shows the whole address to paste. */
const WEBHOOK_PATH =
	'={{ $parameter["registration"] === "manual" && $parameter["webhookSecret"] ? "wati/" + $parameter["webhookSecret"] : "wati" }}';

export class WatiTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WATI Trigger',
		name: 'watiTrigger',
		icon: { light: 'file:../../icons/wati.svg', dark: 'file:../../icons/wati.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ").replace(/([A-Z])/g, " $1").toLowerCase() }}',
		description:
			'Starts the workflow when a WhatsApp message comes in, or was sent, delivered, read, answered or refused',
		defaults: { name: 'WATI Trigger' },
		eventTriggerDescription: 'Waiting for an event of WATI at the Test URL',
		activationMessage: 'You can now send a WhatsApp message to your number: it starts this workflow.',
		triggerPanel: {
			header: '',
			executionsHelp: {
				inactive:
					'<b>To try it out</b>, publish the workflow and send a message to your number. The event shows up in the <a data-key="executions">executions list</a>, from where it can be copied into the editor. <br /> <br /> Listening for a test event needs Registration: Manual and the Test URL pasted in WATI, because WATI can\'t take a test address back.',
				active:
					'The workflow is published: events of WATI start it, and show up in the <a data-key="executions">executions list</a>, from where they can be copied into the editor. <br /> <br /> Listening for a test event needs Registration: Manual and the Test URL pasted in WATI, because WATI can\'t take a test address back.',
			},
			activationHint: 'Publish the workflow to have WATI start it.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'watiConnectionApi', required: true, testedBy: 'watiConnectionTest' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: WEBHOOK_PATH,
				ndvHideUrl: '={{ $parameter["registration"] !== "manual" }}',
				ndvHideMethod: true,
			},
		],
		properties,
	};

	methods = {
		listSearch: { searchChannels: whenCalled(async () => (await import('./channels')).searchChannels) },
		credentialTest,
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				const { checkExists } = await import('./hooks');
				return await checkExists(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				const { create } = await import('./hooks');
				return await create(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				const { remove } = await import('./hooks');
				return remove(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { receive } = await import('./receive');
		return await receive(this);
	}
}
