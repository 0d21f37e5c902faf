/**
 * Milliseconds to wait as a `Retry-After` header says, in seconds or as an HTTP date (RFC 9110, 10.2.3).
 * `undefined` when there is none or it can't be read; a date in the past is 0.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
	const text = header?.trim();
	if (!text) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
