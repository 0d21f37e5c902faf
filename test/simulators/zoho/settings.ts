/**
 * Where Zoho's behaviour is disputed, unknown or differs between accounts. Each switch names its readings;
 * sections are those of the project's notes on Salesforce, Zoho and Wawp, "OAS" is Zoho's public repository zoho/crm-oas, folder v8.0.
 */
export interface ZohoSettings {
	/** What the consent screen does: answers at once, refuses, or shows a page with a button. */
	consent: 'approve' | 'deny' | 'page';
	/** `location` of the callback. */
	location: string;
	/**
	 * The accounts server the user belongs to, when it isn't the one the user started at (B2: EU, AU and IN users may start at
	 * accounts.zoho.com). Codes are then taken at this origin only; `http://localhost:<port>` names the same server by another host.
	 */
	homeAccountsServer?: string;
	/** B2: a grant code lives 3 minutes. */
	codeLifeMs: number;
	/** B2: an access token lives an hour. */
	accessTokenLifeSeconds: number;
	/** B2: 10 access tokens per refresh token, and 10 codes per client, in 10 minutes. */
	throttle: boolean;
	/** B2: Zoho says 200 ("Kaizen #43"), others model 400. */
	throttleStatus: 200 | 400;
	/** B2: status of `invalid_code` and the other refusals of the token endpoint; E: unknown, seen both ways. */
	tokenErrorStatus: 200 | 400;
	/** B2: whether search also wants `ZohoSearch.securesearch.READ` in v8 is unknown. */
	searchNeedsSecureSearch: boolean;

	/** B8: calls in progress at one time, 5 (Free) to 25 (Ultimate); 10 is Standard. */
	concurrency: number;
	/** B8: queries in progress at one time. */
	queryConcurrency: number;
	/** B4: how long a write stays invisible to search: "a few seconds" to minutes. */
	searchLagMs: number;
	/** B5: that COQL reads live rows rests on one project's word; a lag here is the other reading. */
	coqlLagMs: number;
	/** B5: no rows: 204 (OAS) or an empty list. */
	coqlEmpty: 204 | 'emptyData';
	/** B5 says limit up to 2000; the OAS says an answer has at most 200 rows. */
	coqlRowsPerAnswer: number;
	/** Unknown; equality ignores case unless this is on. */
	caseSensitiveQueries: boolean;
	/** B6: unknown. `oldest` and `newest` update that one silently, `refuse` answers DUPLICATE_DATA for the row. */
	upsertSeveralMatches: 'oldest' | 'newest' | 'refuse';
	/** Every row failed: the OAS shows 400 with `data`, third parties saw 202 (B6). */
	allFailedStatus: 202 | 400;
	/** Whether a row with several faults names all (MULTIPLE_OR_MULTI_ERRORS, OAS) or the first. */
	reportAllErrors: boolean;
	/** Nothing is said of unknown keys in a row. The OAS knows "the field api name given seems to be invalid", hence refuse. */
	unknownFields: 'refuse' | 'ignore';
	/** Nothing is said of values for read-only and create-only fields. */
	readOnlyFields: 'refuse' | 'ignore';
	/** The OAS says layout-mandatory fields are checked when a row names its `Layout`; true: always. */
	alwaysCheckLayout: boolean;
}

export const defaultSettings = (): ZohoSettings => ({
	consent: 'approve',
	location: 'us',
	homeAccountsServer: undefined,
	codeLifeMs: 3 * 60_000,
	accessTokenLifeSeconds: 3600,
	throttle: true,
	throttleStatus: 200,
	tokenErrorStatus: 200,
	searchNeedsSecureSearch: false,
	concurrency: 10,
	queryConcurrency: 10,
	searchLagMs: 5000,
	coqlLagMs: 0,
	coqlEmpty: 204,
	coqlRowsPerAnswer: 2000,
	caseSensitiveQueries: false,
	upsertSeveralMatches: 'oldest',
	allFailedStatus: 400,
	reportAllErrors: false,
	unknownFields: 'refuse',
	readOnlyFields: 'refuse',
	alwaysCheckLayout: false,
});
