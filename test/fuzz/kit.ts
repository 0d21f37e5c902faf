import fc from 'fast-check';

import { InputProblem, RequestError } from '../../http/errors';

const NIGHTLY = process.env.FUZZ_RUNS === 'nightly';

/**
 * Cases for each property. Every day the same ones, so that a change is judged by itself; in the nightly form ten times as many and
 * others each time. FUZZ_SEED repeats a run that failed: fast-check prints the seed.
 */
export const CASES = NIGHTLY ? 1_000 : 100;
/** In all properties together. */
export const FEWEST_CASES = NIGHTLY ? 50_000 : 5_000;
const SEED = process.env.FUZZ_SEED ? Number(process.env.FUZZ_SEED) : NIGHTLY ? Date.now() : 20_261_120;

/** Milliseconds that one case may take on a busy machine. What takes longer hangs, or grows with the square of its input. */
const LONGEST_MS = 4_000;

/** Cases that were tried so far. */
export const tried = { cases: 0 };

/** Something that is to hold whatever comes in. */
export interface Property {
	name: string;
	/** Looks for a case in which it does not hold; throws with the smallest one that it finds. */
	tryCases(): Promise<void>;
}

/** @param check throws, or gives `false`, where the property does not hold. */
export function property<Case>(
	name: string,
	cases: fc.Arbitrary<Case>,
	check: (one: Case) => void | Promise<void>,
): Property {
	const inTime = async (one: Case): Promise<void> => {
		tried.cases++;
		const started = performance.now();
		await withinTime(check(one));
		const took = Math.round(performance.now() - started);
		if (took > LONGEST_MS) throw new Error(`It took ${took} ms`);
	};
	return {
		name,
		tryCases: async () => await fc.assert(fc.asyncProperty(cases, inTime), { numRuns: CASES, seed: SEED }),
	};
}

async function withinTime(work: void | Promise<void>): Promise<void> {
	if (!work) return;
	let timer: NodeJS.Timeout | undefined;
	const tooLong = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error('It did not end')), LONGEST_MS);
	});
	await Promise.race([work, tooLong]).finally(() => clearTimeout(timer));
}

export type Attempt<Value, Problem = InputProblem> = { done: true; value: Value } | { done: false; problem: Problem };

/** What a function gives for an input, or how it refuses it. Any other error is a fault of ours. */
export function attempt<Value>(work: () => Value): Attempt<Value> {
	try {
		return { done: true, value: work() };
	} catch (thrown) {
		if (thrown instanceof InputProblem) return { done: false, problem: thrown };
		throw notOurs(thrown);
	}
}

/** As {@link attempt}, for calls: they may also end in what the vendor said. */
export async function attemptCall<Value>(
	work: () => Promise<Value>,
): Promise<Attempt<Value, InputProblem | RequestError>> {
	try {
		return { done: true, value: await work() };
	} catch (thrown) {
		if (thrown instanceof InputProblem || thrown instanceof RequestError) return { done: false, problem: thrown };
		throw notOurs(thrown);
	}
}

function notOurs(thrown: unknown): Error {
	return new Error(`${Object.prototype.toString.call(thrown)} came out, which is no error of ours`, { cause: thrown });
}

/** Longest headline and longest text below it that a builder reads. */
const LONGEST_MESSAGE = 400;
const LONGEST_DESCRIPTION = 2_000;

/** What every refusal keeps to: it is short, it can be read, and it names a field that the builder knows. */
export function expectRefusal(problem: InputProblem, fields: readonly string[]): void {
	expectWords(problem);
	const isKnown = fields.some((field) => problem.field === field || problem.field.startsWith(`${field} `));
	if (!isKnown) throw new Error(`The refusal names the field "${problem.field}"`);
}

export function expectWords({ message, description = '' }: { message: string; description?: string }): void {
	if (message.trim() === '') throw new Error('The refusal says nothing');
	if (message.length > LONGEST_MESSAGE) throw new Error(`The headline has ${message.length} characters`);
	if (description.length > LONGEST_DESCRIPTION) throw new Error(`The text has ${description.length} characters`);
	if (isTorn(message + description)) throw new Error('The refusal holds half of a character');
}

/** Half of a surrogate pair, which no UTF-8 carries. */
export const isTorn = (text: string): boolean => /\p{Surrogate}/u.test(text);
