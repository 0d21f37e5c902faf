import type { Fault } from '../kit/faults';

const html = (status: number, title: string): Fault => ({
	status,
	body: `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});

const refusal = (status: number, errorCode: string, message: string): Fault => ({
	status,
	body: [{ message, errorCode }],
});

/**
 * Troubles of the vendor as faults of the kit: `simulator.fault({ ...salesforceFaults.badGateway, path: /query/ })`.
 * Codes, texts: A6. Refusals that belong to a row are made with `lockContact` and `failRows`.
 */
export const salesforceFaults = {
	dailyLimit: refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
	longTransactions: refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.'),
	lockedRow: refusal(
		400,
		'UNABLE_TO_LOCK_ROW',
		'unable to obtain exclusive access to this record or 1 records: 0015g00000SIM01AAA',
	),
	serverError: refusal(
		500,
		'UNKNOWN_EXCEPTION',
		'An unexpected error occurred. Please include this ErrorId: 1234567890',
	),
	badGateway: html(502, 'Bad Gateway'),
	unavailable: html(503, 'Down For Maintenance'),
	/** The write is done, the answer is lost. */
	droppedAfterCommit: { drop: 'after' },
	droppedBefore: { drop: 'before' },
} as const satisfies Record<string, Fault>;
