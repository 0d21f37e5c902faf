import { scopes } from './access';
import { noQuery, pageOf, pageQuery, parse } from './validation';
import type { Route } from './world';

export const accountRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/ext/v3/account/credits',
		scopes: scopes.assumed.account,
		body: 'none',
		handle: ({ world, query }) => {
			parse(noQuery, query);
			const { credit, welcomeCredit, freeConversations, currency, autoCharge } = world.account.credits;
			return {
				credit,
				welcome_credit: welcomeCredit,
				remaining_free_conversations_count: freeConversations,
				currency,
				auto_charge_enabled: autoCharge,
			};
		},
	},
	{
		method: 'GET',
		path: '/api/ext/v3/channels',
		scopes: scopes.assumed.account,
		body: 'none',
		handle: ({ world, query }) => {
			const page = parse(pageQuery, query);
			const { channels, defaultChannel } = world.account;
			// OAS: all "except the default channel"; PRED: an account with one number lists it, as "Default" without an id.
			const listed = channels.length === 1 ? channels : channels.filter((channel) => channel !== defaultChannel);
			return {
				channels: pageOf(listed, page).map(({ id, name, number }) => ({
					...(id === null ? {} : { id }),
					name,
					channel: number,
				})),
			};
		},
	},
];
