import { asError } from '../http/errors';
import type { VendorChecks, WriteTarget } from './types';

/** Asks everything, one after the other, and gives a report in Markdown that holds no secret and nobody's data. */
export async function liveReport(
	vendors: readonly VendorChecks[],
	write: WriteTarget | undefined,
	onProgress: (line: string) => void = () => undefined,
): Promise<string> {
	const lines = ['# Live check', '', `${write ? 'Read and write' : 'Read-only'}.`, ''];
	for (const { vendor, connect, checks } of vendors) {
		onProgress(`${vendor}: connecting`);
		const trouble = await connect();
		lines.push(
			`## ${vendor}`,
			'',
			trouble === undefined ? 'The connection works.' : `The connection does not work: ${trouble}`,
			'',
		);
		if (trouble !== undefined) continue;
		lines.push('| question | answer | as assumed | where it is decided |', '| --- | --- | --- | --- |');
		for (const { question, place, writes, ask } of checks) {
			onProgress(`${vendor}: ${question}`);
			if (writes && !write?.[writes]) {
				lines.push(row(question, `not asked: needs --write and --${writes}`, undefined, place));
				continue;
			}
			try {
				const { answer, asAssumed } = await ask({ phone: write?.phone ?? '', email: write?.email ?? '' });
				lines.push(row(question, answer, asAssumed, place));
			} catch (thrown) {
				lines.push(row(question, asError(thrown).message, undefined, place));
			}
		}
		lines.push('');
	}
	return lines.join('\n');
}

function row(question: string, answer: string, asAssumed: boolean | undefined, place: string): string {
	const assumed = asAssumed === undefined ? '' : asAssumed ? 'yes' : '**no**';
	return `| ${[question, answer, assumed, place].map((cell) => cell.replaceAll('|', '\\|').replace(/\s+/g, ' ')).join(' | ')} |`;
}
