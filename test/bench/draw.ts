import { describe } from './names';
import { seconds } from './table';
import type { Measure, Row } from './types';

const WIDTH = 860;
const LABELS = 310;
const BARS = 360;
const ROW = 58;
const BAR = 18;
const TOP = 74;

/** Rows that say most in a picture: those of 1,000 with both sides. */
const shown = (rows: readonly Row[]): Row[] => rows.filter(({ contacts, builtIn }) => contacts === 1_000 && builtIn);

/** Bars of time on one linear scale, ours above n8n's own nodes. Throws when the file has no row of 1,000 with both sides. */
export function drawChart(rows: readonly Row[]): string {
	const picked = shown(rows);
	if (picked.length === 0)
		throw new Error('There is no row of 1,000 items with both sides: run the benchmark in full.');
	const longest = Math.max(...picked.flatMap(({ ours, builtIn }) => [ours.seconds, builtIn?.seconds ?? 0]));
	const height = TOP + picked.length * ROW + 16;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">`,
		'<title id="title">Seconds for 1,000 items, this package and n8n’s own nodes</title>',
		`<style>text{font:14px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#24292f}.head{font-size:17px;font-weight:600}.name{font-weight:600}.ours{fill:#1a7f5a}.own{fill:#b9c0c8}.small{font-size:13px;fill:#57606a}</style>`,
		`<rect width="${WIDTH}" height="${height}" rx="8" fill="#fff"/>`,
		'<text class="head" x="20" y="32">Seconds for 1,000 items</text>',
		...legend(),
		...picked.map((row, index) => drawRow(row, TOP + index * ROW, longest)),
		'</svg>',
		'',
	].join('\n');
}

function legend(): string[] {
	return [
		`<rect class="ours" x="20" y="46" width="12" height="12" rx="2"/><text class="small" x="38" y="57">this package</text>`,
		`<rect class="own" x="140" y="46" width="12" height="12" rx="2"/><text class="small" x="158" y="57">what n8n brings</text>`,
	];
}

function drawRow(row: Row, top: number, longest: number): string {
	const bars = row.builtIn
		? [bar(row.ours, 'ours', top, longest), bar(row.builtIn, 'own', top + BAR + 4, longest)]
		: [];
	const [vendor = '', ...rest] = describe(row).split(': ');
	return [
		`<text x="20" y="${top + 15}" class="name">${escape(vendor)}</text>`,
		`<text class="small" x="20" y="${top + 35}">${escape(rest.join(': '))}</text>`,
		...bars,
	].join('');
}

function bar({ seconds: time, calls }: Measure, kind: 'ours' | 'own', top: number, longest: number): string {
	const width = Math.max(2, (time / longest) * BARS);
	const text = `${seconds(time)} s, ${calls.toLocaleString('en-US')} ${calls === 1 ? 'call' : 'calls'}`;
	return (
		`<rect class="${kind}" x="${LABELS}" y="${top}" width="${width.toFixed(1)}" height="${BAR}" rx="3"/>` +
		`<text class="small" x="${(LABELS + width + 8).toFixed(1)}" y="${top + 14}">${text}</text>`
	);
}

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
