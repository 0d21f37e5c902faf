import type { Row, Scenario, State } from './types';

/** A row to be measured. */
export interface Case extends Scenario {
	work: Exclude<Row['work'], 'load'>;
	vendor: string;
	/** Whether n8n's own nodes run, too: one by one they take 0.1 s a call. */
	builtIn: boolean;
}

const upsert = (vendor: string, contacts: number, states: State[], withBuiltIn: State[] = []): Case[] =>
	states.map((state) => ({ work: 'upsert', vendor, contacts, state, builtIn: withBuiltIn.includes(state) }));

const ALL: State[] = ['new', 'half', 'changed', 'unchanged'];
const ONE: State[] = ['new', 'changed', 'unchanged'];
const half: State[] = ['half'];

const broadcast = (contacts: number, builtIn: boolean): Case => ({
	work: 'broadcast',
	vendor: 'wati',
	contacts,
	state: 'new',
	builtIn,
});
const media: Case = { work: 'media', vendor: 'wati', contacts: 1, state: 'unchanged', builtIn: true };

/** About 25 minutes, nearly all of them spent by the built-in side. Nothing is extrapolated: what is not measured is null. */
export const fullPlan: readonly Case[] = [
	...['salesforce', 'zoho', 'wati', 'wawp'].flatMap((vendor) => upsert(vendor, 1, ONE, ONE)),
	...upsert('salesforce', 100, ['new', 'half'], ['new', 'half']),
	...['zoho', 'wati', 'wawp'].flatMap((vendor) => upsert(vendor, 100, half, half)),
	...upsert('salesforce', 1_000, ALL, half),
	...upsert('zoho', 1_000, ALL, half),
	...upsert('wati', 1_000, ALL, ['half', 'changed', 'new']),
	...upsert('wawp', 1_000, ['half', 'unchanged'], half),
	...upsert('salesforce', 10_000, ['half', 'unchanged']),
	...upsert('zoho', 10_000, half),
	...upsert('wati', 10_000, ['changed']),
	broadcast(1_000, true),
	broadcast(10_000, false),
	media,
];

/** Under two minutes. */
export const quickPlan: readonly Case[] = [
	...['salesforce', 'zoho', 'wati', 'wawp'].flatMap((vendor) => upsert(vendor, 1, ['changed'], ['changed'])),
	...['salesforce', 'zoho'].flatMap((vendor) => upsert(vendor, 100, half, half)),
	...['salesforce', 'zoho', 'wati'].flatMap((vendor) => upsert(vendor, 1_000, half)),
	...upsert('wawp', 100, half),
	broadcast(1_000, true),
	media,
];

/** `salesforce,zoho,1000` picks the rows of either vendor with 1,000 contacts: words of one kind widen, of different kinds narrow. */
export function pick(cases: readonly Case[], only: readonly string[]): Case[] {
	const kinds = [
		(one: Case) => one.work,
		(one: Case) => one.vendor,
		(one: Case) => String(one.contacts),
		(one: Case) => one.state,
	];
	const unknown = only.filter((word) => !cases.some((one) => kinds.some((kind) => kind(one) === word)));
	if (unknown.length > 0) throw new Error(`--only: there is no row with ${unknown.join(', ')}.`);
	return cases.filter((one) =>
		kinds.every((kind) => {
			const wanted = only.filter((word) => cases.some((other) => kind(other) === word));
			return wanted.length === 0 || wanted.includes(kind(one));
		}),
	);
}
