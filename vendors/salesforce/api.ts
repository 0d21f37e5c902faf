import type { z } from 'zod';

import type { Call, JsonAnswer, Refusal } from '../../http/call';
import { ApiClient } from '../../http/client';
import { asError, RequestError } from '../../http/errors';
import { DEFAULT_RETRY_LIMITS, pauseBefore, type RetryLimits } from '../../http/retryTable';
import type { Transport } from '../../http/types';
import { FirstAlone } from '../shared/firstAlone';
import type { SalesforceConnection } from './connection';
import { explainRefusal, isConcurrencyLimit, type Label } from './explain';

/** Supported by every release since Spring '26; the duplicate rule header needs 52, retired are those up to 30 (A1). */
export const API_VERSION = 'v66.0';

export const DATA_PATH = `/services/data/${API_VERSION}`;

export interface SalesforceOptions {
	/** The label of a field by its id, for messages. */
	label?: Label;
	limits?: Partial<RetryLimits>;
}

/** After these nothing else can succeed, so the rest of the run makes no calls that only use up the quota. */
const ENDS_THE_RUN: readonly RequestError['kind'][] = ['quotaUsedUp', 'reconnect', 'cancelled'];
/** As the kinds above: a refresh mends none of them, and n8n would ask for a new token with each call that gets a 401. */
const ENDING_CODES = ['INVALID_SESSION_ID', 'API_DISABLED_FOR_ORG', 'API_CURRENTLY_DISABLED'];

/** The REST API of one org, for one run. */
export class SalesforceApi {
	readonly label: Label;
	private readonly limits: RetryLimits;
	private readonly client: ApiClient;
	private readonly firstAlone = new FirstAlone();
	private end?: RequestError;

	constructor(
		private readonly transport: Transport,
		connection: Pick<SalesforceConnection, 'origin' | 'accessToken'>,
		{ label = (id) => id, limits }: SalesforceOptions = {},
	) {
		this.label = label;
		this.limits = { ...DEFAULT_RETRY_LIMITS, ...limits };
		this.client = new ApiClient({
			transport,
			origin: connection.origin,
			service: 'Salesforce',
			explain: (refusal) => this.explain(refusal),
			isRateLimit: isConcurrencyLimit,
			secrets: [connection.accessToken],
			limits,
		});
	}

	/** Calls and reads the answer by a schema. @throws RequestError */
	async read<Schema extends z.ZodTypeAny>(schema: Schema, call: Call): Promise<z.infer<Schema>> {
		return readAs(schema, (await this.send(call)).json, call);
	}

	/** @throws RequestError */
	async send(call: Call): Promise<JsonAnswer> {
		return await this.firstAlone.run(async () => {
			if (this.end) throw this.end;
			try {
				return await this.client.json(call);
			} catch (thrown) {
				throw thrown instanceof RequestError ? this.noted(thrown) : asError(thrown);
			}
		});
	}

	/** For refusals inside of an answer, as composite calls have them. */
	explain(refusal: Refusal): RequestError {
		return explainRefusal(refusal, this.label);
	}

	/** The same error; after some of them no further call is made. */
	noted(error: RequestError): RequestError {
		if (ENDS_THE_RUN.includes(error.kind) || ENDING_CODES.includes(error.code ?? '')) this.end ??= error;
		return error;
	}

	/** The pause before a row that was locked is sent again. */
	async pause(attempt: number): Promise<void> {
		await this.transport.sleep(pauseBefore(attempt, this.limits));
	}
}

/** @throws RequestError `badAnswer`, or `outcomeUnknown` after a create. */
export function readAs<Schema extends z.ZodTypeAny>(schema: Schema, json: unknown, call: Call): z.infer<Schema> {
	const parsed = schema.safeParse(json);
	if (parsed.success) return parsed.data;
	const place = parsed.error.issues[0]?.path.join('.') || 'the answer as a whole';
	throw new RequestError(
		call.effect === 'create' ? 'outcomeUnknown' : 'badAnswer',
		`Salesforce answered in an unexpected form when asked to ${call.purpose}`,
		{ description: `What is not as documented: ${place}.` },
	);
}
