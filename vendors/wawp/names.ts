/** The two names that Wawp writes. It reads them as one. */
export interface Names {
	firstName: string;
	lastName: string;
}

/** Names that an item wants; a last name that isn't mapped is left open. */
export type WantedNames = Pick<Names, 'firstName'> & { lastName?: string };

/** The name as WhatsApp shows it. */
function wholeName({ firstName, lastName }: Names): string {
	return `${firstName} ${lastName}`.replace(/\s+/g, ' ').trim();
}

/**
 * Splits a stored name. Wawp takes a first and a last name and gives back the two joined, so where "Ana Maria Silva" is
 * to be cut only the writer knows: the cut that makes the stored name what an item wants is taken first, otherwise it
 * would be written again in each run. Then the first name as the engine sees it (`shortName`), then the first blank.
 */
export function splitName(name: string, wanted: readonly WantedNames[], shortName: string | undefined): Names {
	const whole = name.replace(/\s+/g, ' ').trim();
	const cuts = [...wanted.map((names) => cutLike(whole, names)), shortName && cutAfter(whole, shortName)];
	const blank = whole.indexOf(' ');
	const atBlank = blank < 0 ? { firstName: whole, lastName: '' } : cut(whole, blank);
	return cuts.find((names) => typeof names === 'object') ?? atBlank;
}

function cutLike(whole: string, { firstName, lastName }: WantedNames): Names | undefined {
	if (lastName === undefined) {
		const names = cutAfter(whole, firstName);
		return names && { ...names, firstName };
	}
	return wholeName({ firstName, lastName }) === whole ? { firstName, lastName } : undefined;
}

function cutAfter(whole: string, firstName: string): Names | undefined {
	const first = firstName.replace(/\s+/g, ' ').trim();
	if (first === '') return undefined;
	if (whole === first) return { firstName: whole, lastName: '' };
	return whole.startsWith(`${first} `) ? cut(whole, first.length) : undefined;
}

function cut(whole: string, at: number): Names {
	return { firstName: whole.slice(0, at), lastName: whole.slice(at + 1) };
}
