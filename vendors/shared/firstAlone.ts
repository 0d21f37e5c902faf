/**
 * Sends the first call of a run alone, and the others once it is answered, whatever it was answered.
 *
 * Where the access token has ended, n8n asks for a new one with each call that is refused. Calls of one moment then ask
 * several times over: n8n 1.x does not join them. Zoho gives 10 tokens in 10 minutes, and Salesforce, where refresh
 * tokens rotate, takes each refresh token once: the second request would end the connection (B2, A2).
 */
export class FirstAlone {
	private first?: Promise<unknown>;

	async run<Answer>(call: () => Promise<Answer>): Promise<Answer> {
		if (this.first) {
			await this.first;
			return await call();
		}
		const answer = call();
		this.first = answer.catch(() => undefined);
		return await answer;
	}
}
