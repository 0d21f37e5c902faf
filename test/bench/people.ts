import type { Scenario } from './types';

/** A contact as the items bring it. */
export interface Person {
	email: string;
	/** E.164. */
	phone: string;
	firstName: string;
	lastName: string;
	city: string;
	/** The value that differs where the state is `changed`. */
	plan: string;
}

const CITIES = ['Lisbon', 'Nairobi', 'Lima', 'Osaka'];
export const FORMER_PLAN = 'silver';

export function people(count: number): Person[] {
	return Array.from({ length: count }, (_, index) => ({
		email: `person-${index}@contacts.example`,
		phone: `+1${2122000000 + index}`,
		firstName: 'Person',
		lastName: `Number ${index}`,
		city: CITIES[index % CITIES.length] ?? '',
		plan: 'gold',
	}));
}

/** The items of a run, a person each. */
export const peopleItems = ({ contacts }: Scenario): Array<Record<string, unknown>> =>
	people(contacts).map((person) => ({ ...person }));

/** Those that the vendor knows already, as it has them. */
export function knownPeople({ contacts, state }: Scenario): Person[] {
	const all = people(contacts);
	if (state === 'new') return [];
	if (state === 'unchanged') return all;
	const known = state === 'half' ? all.filter((_, index) => index % 2 === 0) : all;
	return known.map((person) => ({ ...person, plan: FORMER_PLAN }));
}

/** How many writes of each kind the state asks for. */
export function writes(scenario: Scenario): { creates: number; updates: number } {
	const known = knownPeople(scenario).length;
	return { creates: scenario.contacts - known, updates: scenario.state === 'unchanged' ? 0 : known };
}

/** Throws unless the vendor holds every person once, with the new plan. */
export function checkPeople(scenario: Scenario, held: Array<{ key: unknown; plan: unknown }>): void {
	const keys = new Set(held.map(({ key }) => key));
	if (held.length !== scenario.contacts || keys.size !== scenario.contacts) {
		throw new Error(`There should be ${scenario.contacts} contacts; there are ${held.length}, ${keys.size} different.`);
	}
	const stale = held.filter(({ plan }) => plan !== 'gold');
	if (stale.length > 0) throw new Error(`${stale.length} contacts were not written: ${JSON.stringify(stale[0])}`);
}
