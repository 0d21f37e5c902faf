import type { Row } from './types';

export const seconds = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(1));
const count = (value: number): string => value.toLocaleString('en-US');
const none = '-';

interface Column {
	title: string;
	cell(row: Row): string;
	/** Words stand left, numbers right. */
	words?: boolean;
}

const perItem = ({ contacts, ours }: Row): number => ours.calls / Math.max(1, contacts);

export const COLUMNS: readonly Column[] = [
	{ title: 'work', cell: ({ work }) => work, words: true },
	{ title: 'vendor', cell: ({ vendor }) => vendor, words: true },
	{ title: 'items', cell: ({ contacts }) => (contacts === 0 ? none : count(contacts)) },
	{ title: 'state', cell: ({ work, state }) => (work === 'upsert' ? state : none), words: true },
	{ title: 'ours s', cell: ({ ours }) => ours.seconds.toFixed(ours.seconds < 1 ? 3 : 2) },
	{ title: 'calls', cell: ({ ours }) => count(ours.calls) },
	{ title: 'calls/item', cell: (row) => (row.contacts === 0 ? none : perItem(row).toFixed(3)) },
	{
		title: 'items/s',
		cell: ({ contacts, ours }) => (contacts === 0 ? none : count(Math.round(contacts / ours.seconds))),
	},
	{ title: 'peak MB', cell: ({ ours }) => ours.peakMb.toFixed(0) },
	{ title: 'built-in s', cell: ({ builtIn }) => (builtIn ? seconds(builtIn.seconds) : none) },
	{ title: 'calls', cell: ({ builtIn }) => (builtIn ? count(builtIn.calls) : none) },
	{ title: 'peak MB', cell: ({ builtIn }) => (builtIn ? builtIn.peakMb.toFixed(0) : none) },
	{ title: 'times faster', cell: ({ ratio }) => (ratio === null ? none : ratio.toFixed(1)) },
	{ title: 'limit s', cell: ({ limitSeconds }) => seconds(limitSeconds) },
	{
		title: 'of limit',
		cell: ({ ours, limitSeconds }) => (limitSeconds > 0 ? (ours.seconds / limitSeconds).toFixed(2) : none),
	},
];

/** Rows as plain text in columns, with what stands under "built-in" below. */
export function asText(rows: readonly Row[]): string {
	const cells = [COLUMNS.map(({ title }) => title), ...rows.map((row) => COLUMNS.map(({ cell }) => cell(row)))];
	const widths = COLUMNS.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
	const lines = cells.map((line) =>
		line
			.map((cell, column) =>
				COLUMNS[column]?.words ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
			)
			.join('  ')
			.trimEnd(),
	);
	lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
	return [...lines, '', ...notes(rows)].join('\n');
}

/** What n8n's own nodes were, and how other ways with them did. */
export function notes(rows: readonly Row[]): string[] {
	const builtIn = new Map(
		rows.flatMap(({ work, vendor, builtInBy }) => (builtInBy === null ? [] : [[`${work} ${vendor}`, builtInBy]])),
	);
	const also = rows.flatMap(({ work, vendor, contacts, state, alsoBuiltIn }) =>
		alsoBuiltIn.map(
			(other) =>
				`${work} ${vendor}, ${count(contacts)}, ${state}: ${other.by}: ${seconds(other.seconds)} s, ${count(other.calls)} calls, ${other.peakMb.toFixed(0)} MB.`,
		),
	);
	return [
		...[...builtIn].map(([row, by]) => `Built-in, ${row}: ${by}.`),
		...(also.length > 0 ? ['Other ways with what n8n brings:', ...also] : []),
	];
}
