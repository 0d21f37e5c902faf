import { refusalInSuccess, type Call, type JsonAnswer } from '../../http/call';
import type { ApiClient } from '../../http/client';
import { asError, RequestError } from '../../http/errors';
import { FirstAlone } from '../shared/firstAlone';
import { explainZohoRefusal, wholeRefusal } from './explain';

export interface ZohoCall extends Call {
	/** The OAuth scope without which Zoho refuses it. */
	scope: string;
}

/** Zoho CRM's API: what {@link ApiClient} does, and Zoho's own ways to say that a connection is not good any more. */
export class ZohoApi {
	/** The connection turned out to be of no use: each further call would only make n8n ask for another token. */
	private ended?: RequestError;
	/** Scopes that the connection has not got. Zoho says so with a 401, after which n8n asks for a token, in vain, each time. */
	private readonly missing = new Map<string, RequestError>();
	private readonly firstAlone = new FirstAlone();
	private readonly firstOfScope = new Map<string, FirstAlone>();

	/** @param refusedRefresh what Zoho said when n8n last wanted a new token and got none. */
	constructor(
		private readonly client: ApiClient,
		private readonly refusedRefresh: () => Promise<string | undefined>,
	) {}

	/** @throws RequestError when the request as a whole went wrong; rows that were refused are in the answer. */
	async json(call: ZohoCall): Promise<JsonAnswer> {
		const ofScope = this.firstOfScope.get(call.scope) ?? new FirstAlone();
		this.firstOfScope.set(call.scope, ofScope);
		return await this.firstAlone.run(async () => await ofScope.run(async () => await this.send(call)));
	}

	private async send(call: ZohoCall): Promise<JsonAnswer> {
		if (this.ended) throw this.ended;
		const missing = this.missing.get(call.scope);
		if (missing) throw missingScope(missing, call);
		try {
			const answer = await this.client.json(call);
			if (wholeRefusal(answer.json)) throw explainZohoRefusal(refusalInSuccess(answer, call.purpose));
			return answer;
		} catch (thrown) {
			throw thrown instanceof RequestError ? await this.explainAccess(thrown, call) : asError(thrown);
		}
	}

	private async explainAccess(error: RequestError, call: ZohoCall): Promise<RequestError> {
		if (error.code === 'OAUTH_SCOPE_MISMATCH') {
			this.missing.set(call.scope, error);
			return missingScope(error, call);
		}
		if (error.kind !== 'unauthorized' && error.kind !== 'reconnect') return error;
		const said = error.kind === 'unauthorized' ? await this.refusedRefresh() : undefined;
		this.ended ??= isThrottled(said ?? error.message) ? throttled(error) : signInAgain(error, said);
		return this.ended;
	}
}

/** "Access Denied" and "You have made too many requests continuously" (B2). */
function isThrottled(said: string): boolean {
	return /access denied|too many/i.test(said);
}

function throttled({ status, code }: RequestError): RequestError {
	return new RequestError('rateLimited', 'Zoho gives this connection no new access token for now', {
		status,
		code,
		retryAfterMs: 10 * 60_000,
		description:
			'Zoho gives a connection 10 new tokens in 10 minutes. Wait 10 minutes, then run the items again: what is written already is found, and not created twice.',
	});
}

function signInAgain({ status, code }: RequestError, said: string | undefined): RequestError {
	const zohoSaid = said && /^[a-z_ ]{3,40}$/i.test(said) ? ` Zoho said: ${said}.` : '';
	return new RequestError('reconnect', 'Zoho no longer accepts this connection', {
		status,
		code,
		description: `Open the Zoho CRM connection and connect it again. The access was taken back or has ended, or the client's secret was changed.${zohoSaid}`,
	});
}

function missingScope({ status, code }: RequestError, call: ZohoCall): RequestError {
	return new RequestError('forbidden', `The Zoho CRM connection is not allowed to ${call.purpose}`, {
		status,
		code,
		description: `The permission (scope) ${call.scope} is missing. Open the connection and connect it again, so that Zoho asks for it.`,
	});
}
