import { createHash } from 'node:crypto';

import { z } from 'zod';

export interface AddressParts {
	/** The node's address as n8n gives it. */
	base: string;
	secret: string;
	channel: string;
	eventTypes: readonly string[];
}

/**
 * The address to register. It tells the channel, because WATI's status events don't, and it is another one for other events:
 * WATI refuses an address that it has already, and then it is known to be registered for just these.
 */
export function registeredAddress({ base, secret, channel, eventTypes }: AddressParts): string {
	const events = createHash('sha256').update(eventTypes.join(' ')).digest('hex').slice(0, 8);
	const address = new URL(base);
	address.search = new URLSearchParams({ secret, channel, events }).toString();
	return address.href;
}

/** What a request's address says. */
export interface PresentedAddress {
	secret: string | undefined;
	/** Number of the channel, from an address that the trigger has registered. */
	channel: string | undefined;
}

const text = z.string().optional().catch(undefined);
const requestSchema = z.object({
	query: z.object({ secret: text, channel: text }).catch({ secret: undefined, channel: undefined }),
	path: z.string().catch(''),
});

/** @param request as Express has it. */
export function readAddress(request: unknown, registration: 'automatic' | 'manual'): PresentedAddress {
	const parsed = requestSchema.safeParse(request);
	if (!parsed.success) return { secret: undefined, channel: undefined };
	const { query, path } = parsed.data;
	if (registration === 'manual') return { secret: path.split('/').filter(Boolean).at(-1), channel: undefined };
	return { secret: query.secret, channel: query.channel };
}
