import { asError, InputProblem, RequestError } from '../../../http/errors';
import type { Problem } from '../../../upsert/types';

/** The problem as an error of its own kind: a refusal by the vendor keeps its status and code. */
export function asThrowable(problem: Problem): Error {
	const cause = problem.cause;
	if (cause instanceof RequestError) {
		return new RequestError(problem.outcomeUnknown ? 'outcomeUnknown' : cause.kind, problem.message, {
			...cause,
			description: problem.description,
			field: problem.field,
			code: problem.code,
		});
	}
	const error = asError(cause ?? problem.message);
	if (error.message === problem.message && error instanceof InputProblem) return error;
	return new RequestError(problem.outcomeUnknown ? 'outcomeUnknown' : 'refused', problem.message, {
		description: problem.description,
		field: problem.field,
		code: problem.code,
	});
}
