/** Zoho's error envelope, of a whole request as of one row (B6). */
export interface ErrorBody {
	code: string;
	details: Record<string, unknown>;
	message: string;
	status: 'error';
}

export const errorBody = (code: string, message: string, details: Record<string, unknown> = {}): ErrorBody => ({
	code,
	details,
	message,
	status: 'error',
});

/** Ends a request with an error; `inData` puts the envelope into a `data` list, as the record calls do (OAS). */
export class ZohoFailure extends Error {
	constructor(
		readonly status: number,
		readonly body: ErrorBody,
		readonly inData = false,
	) {
		super(`${body.code}: ${body.message}`);
	}

	get payload(): object {
		return this.inData ? { data: [this.body] } : this.body;
	}
}
