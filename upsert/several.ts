import type { Match } from './decide';
import { instantInSeconds } from './time';
import type { ContactKey, Problem, StoredContact } from './types';

const NAMED_IDS = 10;

/** Vendors count ids up, so the shorter and then the smaller one is older: a stand-in where there is no date. */
function byId(a: StoredContact, b: StoredContact): number {
	if (a.id.length !== b.id.length) return a.id.length - b.id.length;
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Oldest first: by date of creation if every contact has one, otherwise by id. */
export function byAge(matches: readonly Match[]): Match[] {
	const times = new Map(matches.map((match) => [match, instantInSeconds(match.contact.createdAt ?? '')]));
	const dated = !matches.some((match) => times.get(match) === undefined);
	const older = (a: Match, b: Match) => (dated ? (times.get(a) ?? 0) - (times.get(b) ?? 0) : 0);
	return [...matches].sort((a, b) => older(a, b) || byId(a.contact, b.contact));
}

/** Refuses an item whose key belongs to several contacts, and names them. */
export function severalProblem(key: ContactKey, contacts: readonly StoredContact[]): Problem {
	const named = contacts.slice(0, NAMED_IDS).map((contact) => contact.id);
	const more = contacts.length - named.length;
	const ids =
		more > 0 ? `${named.join(', ')} and ${more} more` : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
	return {
		message: `${contacts.length} contacts have ${key.label} "${key.value}": ${ids}`,
		description: 'Merge them, or choose under "If Several Contacts Match" which one is written.',
		field: key.field,
	};
}
