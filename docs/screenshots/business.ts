import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { N8nClient } from '../../test/host/n8nClient';
import type { CredentialRef } from '../../test/host/workflowBuilder';
import { SALESFORCE_CLIENT, SalesforceSimulator } from '../../test/simulators/salesforce';
import { WatiSimulator } from '../../test/simulators/wati/watiSimulator';
import { WawpSimulator } from '../../test/simulators/wawp';
import { defaultClient, ZohoSimulator } from '../../test/simulators/zoho/zohoSimulator';

/** A coffee roastery: its shop, and the four vendors that hold its customers. */
export interface Business {
	connections: Record<Vendor, { type: string; ref: CredentialRef }>;
	watiEndpoint: string;
	/** Gives a list of sample items, as a shop's API would. */
	urlOf(sample: Sample): string;
	stop(): Promise<void>;
}

export type Vendor = 'wati' | 'salesforce' | 'zoho' | 'wawp';
export type Sample = 'orders' | 'conversations';

/** The number that the roastery answers WhatsApp with. */
export const CHANNEL = '4930901820';

/** What the shop tells of each order. */
const ORDERS = [
	{
		order: 1042,
		firstName: 'Anna',
		lastName: 'Schmidt',
		email: 'anna.schmidt@example.com',
		phone: '+49 151 23456789',
		city: 'Berlin',
		delivery: 'Thursday',
	},
	{
		order: 1043,
		firstName: 'Luis',
		lastName: 'Romero',
		email: 'luis.romero@example.com',
		phone: '+34 612 345 678',
		city: 'Madrid',
		delivery: 'Friday',
	},
	{
		order: 1044,
		firstName: 'Priya',
		lastName: 'Nair',
		email: 'priya.nair@example.com',
		phone: '+44 7400 123456',
		city: 'London',
		delivery: 'Friday',
	},
];

/** A conversation that has ended, with what a model made of it. */
const CONVERSATIONS = [
	{
		phone: '+34 612 345 678',
		email: 'luis.romero@example.com',
		firstName: 'Luis',
		lastName: 'Romero',
		city: 'Madrid',
		summary: 'Wants 2 kg of the house blend. Call on Monday.',
	},
];

const SAMPLES: Record<Sample, unknown[]> = { orders: ORDERS, conversations: CONVERSATIONS };

/** Starts the vendors, fills them, and stores a connection to each in n8n. */
export async function openBusiness(host: N8nClient): Promise<Business> {
	const wati = new WatiSimulator({ number: CHANNEL });
	const salesforce = new SalesforceSimulator({
		users: [
			{ name: 'Nora Weber', username: 'nora@coffee.example', email: 'nora@coffee.example', password: 'not-used' },
			{ name: 'Tom Keller', username: 'tom@coffee.example', email: 'tom@coffee.example', password: 'not-used' },
		],
	});
	const zoho = new ZohoSimulator();
	const wawp = new WawpSimulator();
	for (const vendor of [wati, salesforce, zoho, wawp]) await vendor.start();
	const shop = await openShop();
	fillWati(wati);
	fillSalesforce(salesforce);
	zoho.addContact(
		{
			First_Name: 'Luis',
			Last_Name: 'Romero',
			Email: 'luis.romero@example.com',
			Mailing_City: 'Barcelona',
			Branch: 'Online',
		},
		{ createdBy: 'colleague' },
	);
	wawp.addContact({ id: '34612345678@c.us', firstName: 'Luis' });

	const session = salesforce.openSession();
	const salesforceToken = {
		access_token: session.token,
		instance_url: salesforce.instanceUrl,
		id: session.identityUrl,
		token_type: 'Bearer',
	};
	const connect = async (type: string, name: string, data: Record<string, unknown>) => ({
		type,
		ref: await host.createCredential(type, name, data),
	});
	return {
		watiEndpoint: `${wati.origin}/12345`,
		urlOf: (sample) => `${originOf(shop)}/${sample}`,
		connections: {
			wati: await connect('watiConnectionApi', 'WATI – Coffee Roastery', {
				apiEndpoint: `${wati.origin}/12345`,
				accessToken: wati.token,
			}),
			salesforce: await connect('salesforceConnectionOAuth2Api', 'Salesforce – Coffee Roastery', {
				environment: 'myDomain',
				myDomain: salesforce.origin,
				grantType: 'pkce',
				clientId: SALESFORCE_CLIENT.id,
				clientSecret: SALESFORCE_CLIENT.secret,
				oauthTokenData: salesforceToken,
			}),
			zoho: await connect('zohoConnectionOAuth2Api', 'Zoho CRM – Coffee Roastery', {
				dataCenter: 'custom',
				accountsUrl: zoho.accounts.origin,
				clientId: defaultClient.id,
				clientSecret: defaultClient.secret,
				oauthTokenData: { ...zoho.grant() },
			}),
			wawp: await connect('wawpConnectionApi', 'Wawp – Coffee Roastery', {
				apiEndpoint: wawp.origin,
				instanceId: wawp.instanceId,
				accessToken: wawp.accessToken,
			}),
		},
		stop: async () => {
			shop.close();
			for (const vendor of [wati, salesforce, zoho, wawp]) await vendor.stop();
		},
	};
}

async function openShop(): Promise<Server> {
	const samples = new Map(Object.entries(SAMPLES).map(([name, items]) => [`/${name}`, JSON.stringify(items)]));
	const shop = createServer((request, response) => {
		response.setHeader('content-type', 'application/json');
		response.end(samples.get(request.url ?? '') ?? '[]');
	});
	await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
	return shop;
}

function originOf(server: Server): string {
	const address: AddressInfo | string | null = server.address();
	if (address === null || typeof address === 'string') throw new Error('The shop has no port');
	return `http://127.0.0.1:${address.port}`;
}

function fillWati({ account }: WatiSimulator): void {
	const customers = [
		{ phone: '34612345678', name: 'Luis Romero', city: 'Barcelona', last_order: '987' },
		{ phone: '447400123456', name: 'Priya Nair', city: 'London', last_order: '1044' },
	];
	for (const { phone, name, ...attributes } of customers) {
		const contact = account.addContact({
			phone,
			name,
			attributes: { ...attributes, conversation_summary: 'Asked for decaf' },
		});
		account.addConversation(contact);
	}
	const templates = [
		{
			name: 'order_shipped',
			category: 'UTILITY',
			body: 'Hello {{name}}, order {{order}} arrives on {{day}}.',
			sample: { name: 'Anna', order: '1042', day: 'Thursday' },
		},
		{
			name: 'payment_received',
			category: 'UTILITY',
			body: 'Thank you {{name}}, we have your payment.',
			sample: { name: 'Anna' },
		},
		{
			name: 'new_harvest',
			category: 'MARKETING',
			body: 'Hello {{name}}, the new harvest is here.',
			sample: { name: 'Anna' },
		},
	];
	for (const { sample, ...template } of templates)
		account.addTemplate({ ...template, parameters: Object.entries(sample).map(([name, value]) => ({ name, value })) });
}

function fillSalesforce(salesforce: SalesforceSimulator): void {
	const [, colleague] = salesforce.org.users;
	salesforce.addContact({
		FirstName: 'Luis',
		LastName: 'Romero',
		Email: 'luis.romero@example.com',
		MobilePhone: '+34 600 000 000',
		MailingCity: 'Barcelona',
		...(colleague === undefined ? {} : { CreatedById: colleague.id }),
	});
}
