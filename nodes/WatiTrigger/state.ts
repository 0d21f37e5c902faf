import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
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
});
/** What a trigger keeps, so that publishing it again uses the address that WATI has. */
export type TriggerState = z.infer<typeof stateSchema>;

/**
 * n8n stores the workflow's data only when publishing has succeeded. What was registered before it failed is remembered here,
 * so that the next try asks for the same addresses.
 */
const remembered = new Map<string, TriggerState>();
const seenByNode = new Map<string, SeenEvents>();

export function readState(context: Context): TriggerState | undefined {
	const stored = stateSchema.safeParse(workflowData(context)[stateKey(context)]);
	return stored.success ? stored.data : remembered.get(nodeKey(context));
}

export function keepState(context: Context, state: TriggerState): void {
	remembered.set(nodeKey(context), state);
	workflowData(context)[stateKey(context)] = state;
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

/** Of several processes the last one to write wins, so this only backs up what each one remembers by itself. */
export function storeSeen(context: Context, seen: SeenEvents): void {
	workflowData(context)[seenKey(context)] = seen.toStore();
}

/** The whole workflow's data, by the node's id: the data "of the node" is lost when the builder gives the node another name. */
function workflowData(context: Context): IDataObject {
	return context.getWorkflowStaticData('global');
}

const stateKey = (context: Context): string => `watiTrigger ${context.getNode().id}`;
const seenKey = (context: Context): string => `watiTriggerSeen ${context.getNode().id}`;
const nodeKey = (context: Context): string => `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
