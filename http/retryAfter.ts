/** The three forms of an HTTP date (RFC 9110, 5.6.7), and ISO 8601, which some vendors send. */
const DATES = [
	/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
	/^[A-Z][a-z]+day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
	/^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
	/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
];

/**
 * Milliseconds to wait as a `Retry-After` header says, in seconds or as an HTTP date (RFC 9110, 10.2.3).
 * `undefined` when there is none or it can't be read; a date in the past is 0.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
	const text = header?.trim();
	if (!text) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
	if (!DATES.some((form) => form.test(text))) return undefined;
	const isAsctime = !/GMT|Z|[+-]\d{2}:\d{2}$/.test(text);
	const date = Date.parse(isAsctime ? `${text} GMT` : text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
