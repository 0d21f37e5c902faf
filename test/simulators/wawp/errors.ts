/** A refusal in Wawp's envelope `{code, message}` (C5), or in the words of the engine below it. */
export class WawpFailure extends Error {
	constructor(
		readonly status: number,
		readonly body: { code: string; message: string } | { error: string; [detail: string]: unknown },
	) {
		super(JSON.stringify(body));
	}
}

export const failure = (status: number, code: string, message: string) => new WawpFailure(status, { code, message });

/** C5 has the wordings of `missing_param`, `invalid_session` and of the 401; the other codes are ours. */
export const missing = (name: string) => failure(400, 'missing_param', `Missing ${name}`);
export const invalid = (name: string) => failure(400, 'invalid_param', `Invalid ${name}`);
