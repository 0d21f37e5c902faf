import { inspect } from 'node:util';

import type { INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import { n8nHttp, type N8nHttpOptions } from '../../support/n8nHttp';
import type { Network, Sent, Stranger } from './network';
import {
	EXCEPTIONS,
	NOT_OURS,
	RULES,
	TOKEN_RULES,
	UNAUTHORIZED_OAUTH2,
	type Duration,
	type Ending,
	type Expected,
	type Trouble,
} from './table';
import { ITEMS, type RunContext, type Step, type Vendor } from './vendor';
import { time } from './virtualTime';

export interface Cell {
	vendor: Vendor;
	step: Step;
	trouble: Trouble;
	duration: Duration;
	expected: Expected;
}

/** What became of a cell, as it stands in the report. */
export interface Row {
	vendor: string;
	step: string;
	effect: string;
	trouble: string;
	duration: Duration;
	/** How the items were to end that the trouble hit. */
	ending: Ending;
	/** Calls of the step that left this machine, or tried to. */
	calls: number;
	/** Seconds that n8n's clock went on. */
	seconds: number;
	duplicates: number;
	lost: number;
	leaks: number;
	/** What was not as expected. */
	problems: string[];
}

const DURATIONS: readonly Duration[] = ['once', 'for good'];

/** Every cell of a vendor. */
export function cellsOf(vendor: Vendor, troubles: readonly Trouble[]): Cell[] {
	return vendor.steps.flatMap((step) =>
		troubles.flatMap((trouble) =>
			DURATIONS.flatMap((duration) => {
				if (trouble.onlyOnce && duration === 'for good') return [];
				const expected = expectedOf(vendor, step, trouble, duration);
				return expected ? [{ vendor, step, trouble, duration, expected }] : [];
			}),
		),
	);
}

function expectedOf(vendor: Vendor, step: Step, trouble: Trouble, duration: Duration): Expected | undefined {
	const exceptions = EXCEPTIONS[`${vendor.name} ${step.name}`] ?? [];
	const exception = exceptions.find(({ troubles }) => troubles.includes(trouble.name));
	if (exception) return exception.rule[duration];
	if (step.effect === 'token') {
		return NOT_OURS.includes(trouble.name) ? undefined : TOKEN_RULES[trouble.class]?.[duration];
	}
	if (trouble.class === 'unauthorized' && vendor.isOAuth2) return UNAUTHORIZED_OAUTH2[duration];
	return RULES[trouble.class][step.effect][duration];
}

/** Runs a cell against its vendor and compares what became of it with the table. */
export async function runCell(cell: Cell, network: Network, stranger: Stranger): Promise<Row> {
	const { vendor, step, trouble, duration, expected } = cell;
	const started = time.now();
	const outputs = await runOnce(cell, network, stranger, 'continueRegularOutput');
	const items = Array.from({ length: step.items ?? ITEMS }, (_, item) => lookAt(cell, item, outputs.items));
	const calls = callsOf(step, network.sent);
	const shown = [JSON.stringify([outputs.items, outputs.hints]), ...addresses(vendor, trouble, network.sent)];
	const row: Row = {
		...nameOf(cell),
		calls,
		seconds: Math.round((time.now() - started) / 1000),
		duplicates: items.reduce((sum, { count }) => sum + Math.max(0, count - 1), 0),
		lost: items.filter(({ ending, isDone }) => ending === undefined || (ending === 'done' && !isDone)).length,
		leaks: 0,
		problems: [
			...wrongEndings(cell, items),
			...wrongCalls(cell, calls),
			...(outputs.items.length === items.length ? [] : [`${outputs.items.length} outputs`]),
			...(outputs.struck > 0 ? [] : ['the trouble never came']),
		],
	};
	await time.settle();
	if (duration === 'for good' && expected.ending !== 'done') {
		if (step.mayRunAgain) row.problems.push(...(await afterwards(cell, network)));
		shown.push(await stoppedError(cell, network, stranger));
	}
	row.leaks = leaksIn(shown, vendor.secrets()) + stranger.seen.length;
	return row;
}

/** What tells a cell's row from the others, and what its ending should be. */
const nameOf = ({ vendor, step, trouble, duration, expected }: Cell) => ({
	vendor: vendor.name,
	step: step.name,
	effect: step.effect,
	trouble: trouble.name,
	duration,
	ending: expected.ending,
});

/** A cell that came to no end has failed, and everything in it is lost. */
export const brokenRow = (cell: Cell, thrown: unknown): Row => ({
	...nameOf(cell),
	calls: 0,
	seconds: 0,
	duplicates: 0,
	lost: cell.step.items ?? ITEMS,
	leaks: 0,
	problems: [inspect(thrown)],
});

interface Outputs {
	items: INodeExecutionData[];
	hints: unknown[];
	/** How many calls the trouble has hit. */
	struck: number;
}

async function runOnce(
	{ vendor, step, trouble, duration }: Cell,
	network: Network,
	stranger: Stranger,
	onError: RunContext['onError'],
): Promise<Outputs> {
	await time.settle();
	vendor.reset();
	network.reset();
	step.prepare?.();
	const times = duration === 'once' ? 1 : 1_000;
	const scene = { secret: vendor.secrets()[0] ?? '', refusal: step.refusal, stranger: stranger.address };
	const hits = { count: 0 };
	const strike = (isMeant: boolean): boolean => {
		if (isMeant) hits.count++;
		return isMeant;
	};
	const where = { method: step.method, path: step.path, when: () => strike(true) };
	if (trouble.fault) step.server().fault({ ...where, times, ...trouble.fault(scene) });
	else network.door = { isMeant: (sent) => strike(isOf(step, sent)), times };
	const hints: unknown[] = [];
	const http = (options: N8nHttpOptions) => n8nHttp({ ...options, send: network.send });
	const items = await time.run(step.run({ onError, hints, http }));
	return { items, hints, struck: hits.count };
}

/** The trouble is over and the builder runs the same items again: then each contact is there once, as it was wanted. */
async function afterwards(cell: Cell, network: Network): Promise<string[]> {
	const { step } = cell;
	step.server().faults.clear();
	network.door = undefined;
	const http = (options: N8nHttpOptions) => n8nHttp({ ...options, send: network.send });
	const outputs = await time.run(step.run({ onError: 'continueRegularOutput', hints: [], http }));
	const items = outputs.map((_, item) => lookAt(cell, item, outputs));
	return items
		.filter(({ ending, isDone, count }) => ending !== 'done' || !isDone || count !== 1)
		.map(({ item, ending, count }) => `run again, item ${item} ended as "${ending}" and is there ${count} times`);
}

/** Everything that can be seen of the error with which a run ends whose node is set to stop. */
async function stoppedError(cell: Cell, network: Network, stranger: Stranger): Promise<string> {
	try {
		await runOnce(cell, network, stranger, 'stopWorkflow');
		return '';
	} catch (error) {
		return `${inspect(error, { depth: 10, showHidden: true })} ${JSON.stringify(error)}`;
	} finally {
		await time.settle();
	}
}

const isOf = (step: Step, { method, url }: Sent): boolean =>
	method === step.method && url.startsWith(step.server().origin) && step.path.test(new URL(url).pathname);

const callsOf = (step: Step, sent: readonly Sent[]): number => sent.filter((one) => isOf(step, one)).length;

interface Seen {
	item: number;
	/** `undefined` for an item of which nothing came out. */
	ending?: Ending | 'unnamed';
	isDone: boolean;
	count: number;
}

function lookAt({ step }: Cell, item: number, outputs: readonly INodeExecutionData[]): Seen {
	const output = outputs.find(
		({ pairedItem }) => typeof pairedItem === 'object' && 'item' in pairedItem && pairedItem.item === item,
	);
	return { item, ending: output && endingOf(output), isDone: step.isDone(item, output), count: step.count(item) };
}

const ENDINGS: Record<string, Ending> = {
	outcomeUnknown: 'unknown',
	unavailable: 'gaveUp',
	notReached: 'gaveUp',
	badAnswer: 'gaveUp',
	refused: 'refused',
	forbidden: 'refused',
	notFound: 'refused',
	unauthorized: 'signIn',
	reconnect: 'signIn',
	rateLimited: 'quota',
	quotaUsedUp: 'quota',
	input: 'refused',
};

/** What an error item says besides its headline (nodes/shared/errorItem.ts). */
const errorFacts = z.object({ kind: z.string() }).catch({ kind: '' });

function endingOf({ json }: INodeExecutionData): Ending | 'unnamed' {
	if (json.error === undefined) return 'done';
	return ENDINGS[errorFacts.parse(json.message).kind] ?? 'unnamed';
}

/** A trouble hits all items of a call; without end it hits all calls. */
function wrongEndings({ step, duration, expected }: Cell, items: readonly Seen[]): string[] {
	const isForAll = duration === 'for good' || step.calls === 1;
	const wanted = expected.ending === 'done' || isForAll ? items.length : 1;
	const asWanted = items.filter(({ ending }) => ending === expected.ending);
	const others = items.filter(({ ending }) => ending !== expected.ending && ending !== 'done');
	const kept = expected.ending === 'done' || expected.kept === undefined ? [] : asWanted;
	return [
		...(asWanted.length >= wanted
			? []
			: [`${asWanted.length} instead of ${wanted} items ended as "${expected.ending}"`]),
		...others.map(({ item, ending }) => `item ${item} ended as "${ending}"`),
		...kept
			.filter(({ isDone }) => isDone !== expected.kept)
			.map(({ item }) => `the vendor has item ${item} ${expected.kept ? 'not' : 'although it must not'}`),
	];
}

function wrongCalls({ step, duration, expected }: Cell, calls: number): string[] {
	const total = duration === 'once' ? step.calls + expected.calls - 1 : step.calls * expected.calls;
	const [least, most] = expected.inAll ?? [total, total];
	return calls >= least && calls <= most
		? []
		: [`${calls} calls instead of ${least === most ? least : `${least} to ${most}`}`];
}

const addresses = (vendor: Vendor, trouble: Trouble, sent: readonly Sent[]): string[] =>
	vendor.mayShowSecret?.(trouble.name) ? [] : sent.map(({ url }) => url);

function leaksIn(texts: readonly string[], secrets: readonly string[]): number {
	const forms = secrets.filter((secret) => secret !== '').flatMap((secret) => [secret, encodeURIComponent(secret)]);
	return texts.filter((text) => forms.some((form) => text.includes(form))).length;
}
