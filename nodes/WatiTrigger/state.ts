import { sleep, type IDataObject, type IHookFunctions, type IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { SeenEvents } from './deduplicate';

type Context = IHookFunctions | IWebhookFunctions;

const registrationSchema = z.object({
	/** Origin and tenant of the account. */
	account: z.string(),
	/** The node's address at that time, without what the trigger adds. */
	base: z.string(),
	/** Number of the channel. */
	channel: z.string(),
	/** Names of the events, as they were wished for. */
	eventTypes: z.array(z.string()),
});
/** What WATI was asked to tell, and to whom. */
export type Registration = z.infer<typeof registrationSchema>;

const stateSchema = z.object({
	secret: z.string(),
	/** The builder's Address Number at the time of the secret. */
	addressNumber: z.number(),
	registrations: z.array(registrationSchema),
	/** Milliseconds. */
	changedAt: z.number(),
});
/** What a trigger keeps, so that publishing it again uses the address that WATI has. */
export type TriggerState = z.infer<typeof stateSchema>;

/**
 * n8n stores a workflow's data as a whole, the last writer wins, and only when publishing has succeeded. So the newest state is
 * remembered here as well: what was registered before publishing failed, and what a request that began earlier has written over.
 */
const remembered = new Map<string, TriggerState>();
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
const nodeKey = (context: Context): string => `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
