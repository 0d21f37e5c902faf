import { retryAfterMs } from '../../../http/retryAfter';

const NOW = Date.parse('2026-11-20T12:00:00Z');

test.each([
	['0', 0],
	['5', 5_000],
	[' 10 ', 10_000],
	['1.5', 1_500],
	['86400', 86_400_000],
	['Fri, 20 Nov 2026 12:00:30 GMT', 30_000],
	['Friday, 20-Nov-26 12:00:30 GMT', 30_000],
	['Fri Nov 20 12:00:30 2026', 30_000],
	['2026-11-20T12:00:30Z', 30_000],
	['2026-11-20T13:00:30+01:00', 30_000],
	['Fri, 20 Nov 2026 11:00:00 GMT', 0],
	['', undefined],
	['soon', undefined],
	['-5', undefined],
	['1e9', undefined],
	['in 12', undefined],
	['2026', 2_026_000],
	['Fri, 99 Nov 2026 12:00:30 GMT', undefined],
	[undefined, undefined],
])('Retry-After: %s is %s ms', (header, expected) => {
	expect(retryAfterMs(header, NOW)).toBe(expected);
});
