/** A refusal in WATI's words: HTTP status, application code and message (section 3). */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly code: number,
		message: string,
	) {
		super(message);
	}

	/** Body of 400, 403 and 500; the other statuses have none that is documented, 404 and 409 borrow it. */
	body(now: Date): { code: number; message: string; timestamp: string } {
		return { code: this.code, message: this.message, timestamp: now.toISOString() };
	}
}

export const badRequest = (message: string, code = 400): Refusal => new Refusal(400, code, message);
export const notFound = (message: string): Refusal => new Refusal(404, 404, message);
