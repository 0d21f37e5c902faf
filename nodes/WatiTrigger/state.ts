import { sleep, type IDataObject, type IHookFunctions, type IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { SeenEvents } from './deduplicate';
import { newSecret } from './secret';

type Context = IHookFunctions | IWebhookFunctions;

const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);

const wishSchema = z.object({
	/** Origin and tenant of the account. */
	account: z.string(),
	/** The node's address at that time, without what the trigger adds. */
	base: z.string(),
	/** Number of the channel. */
	channel: z.string(),
	/** Names of the events, as they were wished for. */
	eventTypes: z.array(z.string()),
});
/** What WATI is asked to tell, and to whom. */
export type Wish = z.infer<typeof wishSchema>;

const registrationSchema = wishSchema.extend({
	/** Of the secret in the address. Only WATI keeps the secret itself: n8n shows this to everyone who may read the workflow (GET /api/v1/workflows/{id}). */
	secretDigest: digestSchema,
});
/** What WATI was asked to tell. */
export type Registration = z.infer<typeof registrationSchema>;

const stateSchema = z.object({
	/** The builder's Address Version at that time. */
	addressNumber: z.number(),
	registrations: z.array(registrationSchema),
	/** Digests of the secrets in addresses that WATI is being asked for, or may have got although it did not answer. */
	asked: z.array(digestSchema),
	/** Milliseconds. */
	changedAt: z.number(),
});
/** What a trigger keeps, so that publishing it again uses the addresses that WATI has. */
export type TriggerState = z.infer<typeof stateSchema>;

/**
 * n8n stores a workflow's data as a whole, the last writer wins, and only when publishing has succeeded. So the newest state is
 * remembered here as well: what was registered before publishing failed, and what a request that began earlier has written over.
 */
const remembered = new Map<string, TriggerState>();
/** Secrets of addresses that WATI has not confirmed: by node and wish. */
const unconfirmed = new Map<string, string>();
const seenByNode = new Map<string, SeenEvents>();

export function readState(context: Context): TriggerState | undefined {
	const stored = storedState(context);
	const own = remembered.get(nodeKey(context));
	return own && (!stored || own.changedAt >= stored.changedAt) ? own : stored;
}

export function keepState(context: Context, state: Omit<TriggerState, 'changedAt'>): void {
	const changed = { ...state, changedAt: Date.now() };
	remembered.set(nodeKey(context), changed);
	workflowData(context)[stateKey(context)] = changed;
}

/** Digests of the secrets that a request may present. */
export function acceptedDigests(state: TriggerState | undefined): string[] {
	return state ? [...state.registrations.map(({ secretDigest }) => secretDigest), ...state.asked] : [];
}

/** The secret to ask WATI for a wish with: the same one until WATI has confirmed it, so that an answer that got lost leaves one address only. */
export function secretFor(context: Context, addressNumber: number, wish: Wish): string {
	const key = wishKey(context, addressNumber, wish);
	const secret = unconfirmed.get(key) ?? newSecret();
	unconfirmed.set(key, secret);
	return secret;
}

/** From then on nothing but its digest is known of the secret. */
export function forgetSecret(context: Context, addressNumber: number, wish: Wish): void {
	unconfirmed.delete(wishKey(context, addressNumber, wish));
}

/** The events that this node has taken: this process's own memory, and what n8n has stored of it and of others. */
export function seenEvents(context: Context): SeenEvents {
	const key = nodeKey(context);
	const seen = seenByNode.get(key) ?? new SeenEvents();
	seenByNode.set(key, seen);
	const stored = workflowData(context)[seenKey(context)];
	if (typeof stored === 'string') seen.load(stored);
	return seen;
}

/**
 * For a restart, and for the other processes of a large n8n: of several at the same instant the last one to write wins, so this backs up
 * what each one remembers by itself. It is written a moment after the request was taken, because n8n (2.41) builds the workflow
 * a second time when it starts a run, and forgets at that point that its data have changed; it looks again, and stores them, when it answers.
 */
export async function storeSeen(context: Context, seen: SeenEvents): Promise<void> {
	const data = workflowData(context);
	const state = readState(context);
	const isCurrent = storedState(context)?.changedAt === state?.changedAt;
	if (isCurrent && !seen.isToBeStored()) return;
	await sleep(0);
	data[seenKey(context)] = seen.toStore();
	if (state) data[stateKey(context)] = state;
}

function storedState(context: Context): TriggerState | undefined {
	return stateSchema.safeParse(workflowData(context)[stateKey(context)]).data;
}

/** The whole workflow's data, by the node's id: the data "of the node" is lost when the builder gives the node another name. */
function workflowData(context: Context): IDataObject {
	return context.getWorkflowStaticData('global');
}

const stateKey = (context: Context): string => `watiTrigger ${context.getNode().id}`;
const seenKey = (context: Context): string => `watiTriggerSeen ${context.getNode().id}`;
const wishKey = (context: Context, addressNumber: number, { account, base, channel, eventTypes }: Wish): string =>
	JSON.stringify([nodeKey(context), addressNumber, account, base, channel, eventTypes]);
const nodeKey = (context: Context): string => `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
