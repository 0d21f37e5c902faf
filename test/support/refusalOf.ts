import { InputProblem } from '../../http/errors';

/** How a value is refused. Throws where it is taken, and whatever else than a refusal is thrown. */
export function refusalOf(work: () => unknown): InputProblem {
	try {
		work();
	} catch (thrown) {
		if (thrown instanceof InputProblem) return thrown;
		throw thrown;
	}
	throw new Error('It was not refused');
}
