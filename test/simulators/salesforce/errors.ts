/** One entry of an error answer. `extra` are keys that only some codes have, such as the duplicate result. */
export interface ErrorItem {
	errorCode: string;
	message: string;
	fields?: string[];
	extra?: Record<string, unknown>;
}

/** A refusal: the HTTP status of the single-record call, and the entries of its body. */
export class SalesforceError extends Error {
	constructor(
		readonly status: number,
		readonly items: ErrorItem[],
	) {
		super(items.map((item) => item.message).join('; '));
	}

	/** Body of a REST error: always an array; `fields` is there only where a field is concerned. */
	restBody(): unknown[] {
		return this.items.map(({ errorCode, message, fields, extra }) => ({
			...extra,
			message,
			errorCode,
			...(fields ? { fields } : {}),
		}));
	}

	/** The same inside a row of a collection: `statusCode` instead of `errorCode`; `extra` only where asked for. */
	rowErrors(withExtra: boolean): unknown[] {
		return this.items.map(({ errorCode, message, fields, extra }) => ({
			statusCode: errorCode,
			message,
			fields: fields ?? [],
			...(withExtra ? extra : {}),
		}));
	}
}

const one = (status: number, errorCode: string, message: string, fields?: string[]): SalesforceError =>
	new SalesforceError(status, [{ errorCode, message, fields }]);

/**
 * The refusals, by what is wrong. Codes, statuses and message patterns: apis/salesforce-zoho-wawp.md A5 and A6.
 * Where that has no message (marked "own words"), only the code is meant to be relied on.
 */
export const refuse = {
	badSession: () => one(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
	sessionNotForRest: () => one(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API'),
	badAuthHeader: () => one(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE'),
	dailyLimit: () => one(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
	notFound: () => one(404, 'NOT_FOUND', 'The requested resource does not exist'),
	/** Own words. */
	methodNotAllowed: (method: string, allowed: string[]) =>
		one(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(',')}`),
	/** Own words and code; the status is documented. */
	retiredVersion: (version: string) => one(410, 'UNSUPPORTED_API_VERSION', `API version ${version} is retired`),
	/** Own words. */
	uriTooLong: () => one(414, 'URI_TOO_LONG', 'The request line is longer than 16384 bytes'),
	/** Own words. */
	headersTooLong: () => one(431, 'REQUEST_HEADERS_TOO_LARGE', 'Request line and headers are longer than 16384 bytes'),
	/** Own words. */
	notJson: () => one(415, 'UNSUPPORTED_MEDIA_TYPE', 'The body of the request has to be JSON'),
	badJson: (message: string) => one(400, 'JSON_PARSER_ERROR', message),
	cannotDeserialize: (type: string, token: string, value: string) =>
		one(
			400,
			'JSON_PARSER_ERROR',
			`Cannot deserialize instance of ${type} from ${token} value ${value} or request may be missing a required field at [line:1, column:1]`,
		),
	malformedQuery: (message: string) => one(400, 'MALFORMED_QUERY', message),
	invalidField: (message: string, fields?: string[]) => one(400, 'INVALID_FIELD', message, fields),
	invalidType: (name: string) => one(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`),
	/** Own words. */
	badFilter: (message: string) => one(400, 'INVALID_QUERY_FILTER_OPERATOR', message),
	/** Own words. */
	outOfRange: (message: string) => one(400, 'NUMBER_OUTSIDE_VALID_RANGE', message),
	badLocator: () => one(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator'),
	notWritable: (fields: string[]) =>
		one(
			400,
			'INVALID_FIELD_FOR_INSERT_UPDATE',
			`Unable to create/update fields: ${fields.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
			fields,
		),
	idInInsert: () => one(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']),
	keyInBody: (field: string) =>
		one(400, 'INVALID_FIELD', `The ${field} field should not be specified in the sobject data.`),
	missingId: () => one(400, 'MISSING_ARGUMENT', 'Id not specified in an update call', ['Id']),
	malformedId: (label: string, value: string) =>
		one(400, 'MALFORMED_ID', `${label}: id value of incorrect type: ${value}`),
	noSuchRecord: () => one(404, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'),
	deleted: () => one(404, 'ENTITY_IS_DELETED', 'entity is deleted'),
	lockedRow: (id: string) =>
		one(400, 'UNABLE_TO_LOCK_ROW', `unable to obtain exclusive access to this record or 1 records: ${id}`),
	duplicateValue: (field: string, id: string) =>
		one(400, 'DUPLICATE_VALUE', `duplicate value found: ${field} duplicates value on record with id: ${id}`, []),
	/** Own words. */
	severalMatches: (field: string, ids: string[]) =>
		one(
			400,
			'DUPLICATE_EXTERNAL_ID',
			`${field}: more than one record found for external id field: [${ids.join(', ')}]`,
		),
	/** What the vendor answers is not known (A8); a refusal is what has to be expected. Own words. */
	personContact: () =>
		one(400, 'INSUFFICIENT_ACCESS_OR_READONLY', 'a person contact can only be changed through its person account'),
	tooManyRows: (limit: number) =>
		one(400, 'EXCEEDED_ID_LIMIT', `record limit reached. cannot submit more than ${limit} records into this call`),
	/** Own words. */
	badRequest: (message: string) => one(400, 'INVALID_INPUT', message),
} as const;
