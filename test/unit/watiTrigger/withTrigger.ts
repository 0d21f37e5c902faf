import { withWati } from '../../simulators/wati/harness';
import type { WatiOptions, WatiSimulator } from '../../simulators/wati/watiSimulator';
import { FakeN8n } from './fakeN8n';

export const TENANT = '4711';
export const CHANNEL = '15550001111';
export const PHONE = '14155550100';

/** The parameters of a trigger as it is dragged in, with its channel picked. */
export const parameters = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
	events: ['messageReceived'],
	registration: 'automatic',
	channelNumber: { mode: 'list', value: CHANNEL },
	simplify: true,
	options: {},
	...change,
});

export interface Scene {
	readonly wati: WatiSimulator;
	readonly n8n: FakeN8n;
	/** The address that WATI has; the only one unless told otherwise. */
	address(index?: number): string;
}

/** WATI and an n8n with the trigger, both fresh before each test. */
export function withTrigger(options: WatiOptions = {}): Scene {
	const { wati } = withWati({ tenantId: TENANT, number: CHANNEL, delivery: { everyMs: 1 }, ...options });
	let n8n: FakeN8n;
	beforeEach(async () => {
		n8n = new FakeN8n();
		n8n.parameters = parameters();
		n8n.credential = { apiEndpoint: `${wati.origin}/${TENANT}`, accessToken: wati.token };
		await n8n.start();
	});
	afterEach(async () => await n8n.stop());
	return {
		wati,
		get n8n() {
			return n8n;
		},
		address: (index = 0) => [...wati.account.webhooks.values()][index]?.url ?? 'none',
	};
}

/** A message as WATI tells it. */
export const inbound = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
	id: 'e00000000000000000000001',
	created: '2026-11-20T10:00:00.250Z',
	whatsappMessageId: 'wamid.A',
	conversationId: 'd00000000000000000000001',
	ticketId: 'f10000000000000000000001',
	text: 'Hello',
	type: 'text',
	data: null,
	timestamp: '1795168800',
	owner: false,
	eventType: 'message',
	statusString: 'SENT',
	waId: PHONE,
	senderName: 'Ada',
	channelId: null,
	channelPhoneNumber: CHANNEL,
	bsuid: null,
	...change,
});
