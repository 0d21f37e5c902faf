import type { WatiBehaviour } from './options';
import { Refusal } from './refusal';

/** A token of the account. `legacy` is the older bearer without scopes; a TRIAL role may not update contacts (section 6.3). */
export interface Token {
	scopes: readonly string[] | 'legacy';
	role: 'FULL' | 'TRIAL';
}

/**
 * "At least one of" per endpoint (section 1). `api` opens all of them.
 * Where no source shows the scopes, the family's read scope is assumed, marked below.
 */
export const scopes = {
	createContact: ['api', 'contactsv3:write'],
	updateContacts: ['api', 'wati_integration:write', 'contactsv3:write'],
	assignTeams: ['api', 'contactsv3:write'],
	interactive: ['api', 'wati_integration:write', 'conversationsv3:write'],
	upload: ['api', 'conversationsv3:write'],
	media: ['api', 'conversationsv3:read'],
	operator: ['api', 'conversationsv3:write', 'wati_integration:write'],
	status: ['api', 'conversationsv3:write'],
	sendTemplate: ['api', 'wati_integration:write', 'messagetemplatev3:write'],
	startChatbot: ['api', 'chatbotsv3:write'],
	listConversations: ['api', 'conversationsv3:read'],
	addTag: ['api', 'wati_integration:write', 'conversationsv3:write'],
	assumed: {
		readContacts: ['api', 'contactsv3:read'],
		deleteContact: ['api', 'contactsv3:write'],
		writeConversation: ['api', 'conversationsv3:write'],
		readConversation: ['api', 'conversationsv3:read'],
		readTemplates: ['api', 'messagetemplatev3:read'],
		readBroadcasts: ['api', 'broadcastsv3:read'],
		readChatbots: ['api', 'chatbotsv3:read'],
		account: ['api', 'accountv3:read'],
		webhooks: ['api', 'webhooksv3:write'],
	},
} as const;

/** Answers 401 without JSON, as v3 does (section 3). */
export class Unauthorized extends Error {
	constructor(readonly text: string) {
		super(text);
	}
}

/** The token of the header, or a refusal. The header must be exactly `Bearer <token>`. */
export function authenticate(
	tokens: ReadonlyMap<string, Token>,
	header: string | undefined,
	behaviour: WatiBehaviour,
): Token {
	const token = header?.startsWith('Bearer ') ? tokens.get(header.slice('Bearer '.length)) : undefined;
	if (!token) throw new Unauthorized(behaviour.unauthorizedBody === 'text' ? 'Unauthorized' : '');
	return token;
}

export function authorize(token: Token, needed: readonly string[]): void {
	if (token.scopes === 'legacy' || token.scopes.some((scope) => needed.includes(scope))) return;
	throw new Refusal(403, 403, `The token needs one of the scopes ${needed.join(', ')}`);
}
