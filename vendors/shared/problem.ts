import { asError, InputProblem, RequestError } from '../../http/errors';
import type { Problem } from '../../upsert/types';

/** Anything thrown, as what the engine keeps for an item. */
export function asProblem(thrown: unknown): Problem {
	const error = asError(thrown);
	return {
		message: error.message,
		description: error instanceof RequestError || error instanceof InputProblem ? error.description : undefined,
		field: error instanceof RequestError || error instanceof InputProblem ? error.field : undefined,
		code: error instanceof RequestError ? error.code : undefined,
		cause: error,
	};
}

/** Whether a create may have happened although it ended in this error. */
export function isOutcomeUnknown(thrown: unknown): boolean {
	return thrown instanceof RequestError && thrown.kind === 'outcomeUnknown';
}
