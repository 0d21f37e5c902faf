import type { IHookFunctions } from 'n8n-workflow';

import type { ApiClient } from '../../http/client';
import { asError, InputProblem, RequestError } from '../../http/errors';
import type { WatiConnection } from '../../vendors/wati/connection';
import { registerWebhook, type Webhook } from '../../vendors/wati/webhooks';
import { openWati } from '../shared/wati/connection';
import { registeredAddress } from './address';
import { namesToRegister, type NamesToRegister } from './events';
import { digestOf } from './secret';
import { onlyChannel } from './channels';
import { checkedChannels, checkedEvents, readSettings, type TriggerSettings } from './settings';
import { forgetSecret, keepState, readState, secretFor, type TriggerState, type Wish } from './state';

interface Plan {
	client: ApiClient;
	connection: WatiConnection;
	names: NamesToRegister;
	state: TriggerState;
	/** What WATI does not tell this trigger yet. */
	missing: Wish[];
}

/** Whether WATI tells this trigger all that was chosen, as far as is known: WATI has no call that lists its webhooks. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	return (await makePlan(context)).missing.length === 0;
}

/**
 * Registers an address with a secret of its own for each channel and for the events that it lacks.
 * What succeeded is kept at once, so that a later failure does not make it be registered a second time; and an address may be used from
 * the moment in which WATI is asked for it.
 * @throws InputProblem, RequestError
 */
export async function register(context: IHookFunctions): Promise<void> {
	const { client, connection, names, state, missing } = await makePlan(context);
	const { addressNumber } = state;
	const asking = missing.map((wish) => {
		const secret = secretFor(context, addressNumber, wish);
		return { wish, secret, secretDigest: digestOf(secret) };
	});
	const registrations = [...state.registrations];
	const keep = (): void => {
		const asked = asking.map(({ secretDigest }) => secretDigest);
		const open = asked.filter((digest) => registrations.every(({ secretDigest }) => secretDigest !== digest));
		keepState(context, { addressNumber, registrations: [...registrations], asked: open });
	};
	keep();
	for (const { wish, secret, secretDigest } of asking) {
		const { base, channel, eventTypes } = wish;
		const url = registeredAddress({ base, secret, channel, eventTypes });
		const plain = eventTypes.map((name) => names.plain[names.preferred.indexOf(name)] ?? name);
		await registerOne(client, connection.tenantId, { phoneNumber: channel, url, eventTypes }, plain);
		registrations.push({ ...wish, secretDigest });
		keep();
		forgetSecret(context, addressNumber, wish);
	}
}

/** An account without the `_v2` names is asked for the plain ones. An address that WATI has already is what was wished for. */
async function registerOne(
	client: ApiClient,
	tenantId: string | undefined,
	webhook: Webhook,
	plain: string[],
): Promise<void> {
	const reason = await tryToRegister(client, tenantId, webhook, ['repeated', 'eventTypes']);
	if (reason !== 'eventTypes') return;
	await tryToRegister(client, tenantId, { ...webhook, eventTypes: [...new Set(plain)] }, ['repeated']);
}

/** @returns the reason of the refusal, if it is one that can be lived with. */
async function tryToRegister(
	client: ApiClient,
	tenantId: string | undefined,
	webhook: Webhook,
	bearable: readonly string[],
): Promise<string | undefined> {
	try {
		await registerWebhook(client, tenantId, webhook);
		return undefined;
	} catch (thrown) {
		if (thrown instanceof RequestError && thrown.code && bearable.includes(thrown.code)) return thrown.code;
		throw asError(thrown);
	}
}

async function makePlan(context: IHookFunctions): Promise<Plan> {
	const settings = readSettings(context);
	checkedEvents(settings);
	const names = namesToRegister(settings.events, settings.otherEvents, settings.withBsuid);
	const { client, connection } = await openWati(context);
	const base = checkedBase(context.getNodeWebhookUrl('default'), connection);
	const account = `${connection.origin}/${connection.tenantId ?? ''}`;
	const state = currentState(context, settings);
	const registered = state.registrations.filter((known) => known.account === account && known.base === base);
	const channels = checkedChannels(
		settings.channels.length > 0
			? settings.channels
			: (channelAtStart(context, registered) ?? (await onlyChannel(client))),
	);
	const missing = channels.flatMap((channel) => {
		const told = registered.filter((known) => known.channel === channel);
		const eventTypes = names.preferred.filter((name) => !told.some((known) => known.eventTypes.includes(name)));
		return eventTypes.length > 0 ? [{ account, base, channel, eventTypes }] : [];
	});
	return { client, connection, names, state, missing };
}

/** A changed Address Version begins anew: with another secret, the addresses known so far are worth nothing. */
function currentState(context: IHookFunctions, { addressNumber }: TriggerSettings): TriggerState {
	const state = readState(context);
	if (state?.addressNumber === addressNumber) return state;
	return { addressNumber, registrations: [], asked: [], changedAt: 0 };
}

/**
 * While n8n starts, the channel that was found when the workflow was published: it starts while WATI can't be reached, too, and a trigger
 * that fails then is not told of anything until n8n has tried again.
 */
function channelAtStart(context: IHookFunctions, registered: readonly Wish[]): string[] | undefined {
	const channels = [...new Set(registered.map(({ channel }) => channel))];
	return context.getActivationMode() === 'init' && channels.length === 1 ? channels : undefined;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0)$/;

/** What is registered can't be taken back, so an address that WATI can't reach is not worth one of the account's few webhooks. */
function checkedBase(base: string | undefined, connection: WatiConnection): string {
	const host = base && URL.canParse(base) ? new URL(base).hostname : undefined;
	const wati = new URL(connection.origin).hostname;
	if (base && host !== undefined && (!LOOPBACK.test(host) || LOOPBACK.test(wati))) return base;
	throw new InputProblem("WATI can't reach this n8n", {
		field: 'WEBHOOK_URL',
		found: host,
		expected: 'a public address of this n8n',
		mend: 'Set the environment variable WEBHOOK_URL of n8n to the address by which it is reached from outside, and publish the workflow again.',
	});
}
