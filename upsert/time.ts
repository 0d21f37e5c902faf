const DATE_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Seconds since 1970 of an ISO date-time with an offset (`Z`, `+02:00`, and `+0000` as Salesforce writes it);
 * undefined for anything else. Text without an offset is no instant: it would depend on the clock of this machine.
 */
export function instantInSeconds(text: string): number | undefined {
	const milliseconds = DATE_TIME.test(text.trim()) ? Date.parse(text.trim()) : NaN;
	return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
