import { appendFileSync, existsSync, readFileSync } from 'node:fs';

import type { Row } from './cell';

/** The file in which the test files of a run gather their rows; set by the set-up of the run. */
const file = (): string | undefined => process.env.FAULT_ROWS;

export function record(row: Row): void {
	const name = file();
	if (name) appendFileSync(name, `${JSON.stringify(row)}\n`);
}

export interface Summary {
	cells: number;
	passed: number;
	failed: number;
	duplicates: number;
	lost: number;
	leaks: number;
}

/** A row for each cell. */
export interface ReportRow extends Row {
	passed: boolean;
}

export interface Report extends Summary {
	rows: ReportRow[];
}

export function readReport(): Report {
	const name = file();
	const lines = name && existsSync(name) ? readFileSync(name, 'utf8').split('\n') : [];
	const rows = lines
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Row)
		.map((row): ReportRow => ({ ...row, passed: hasPassed(row) }));
	return { ...summaryOf(rows), rows };
}

const hasPassed = ({ problems, duplicates, lost, leaks }: Row): boolean =>
	problems.length + duplicates + lost + leaks === 0;

function summaryOf(rows: readonly Row[]): Summary {
	const sum = (count: (row: Row) => number): number => rows.reduce((total, row) => total + count(row), 0);
	const passed = rows.filter(hasPassed).length;
	return {
		cells: rows.length,
		passed,
		failed: rows.length - passed,
		duplicates: sum(({ duplicates }) => duplicates),
		lost: sum(({ lost }) => lost),
		leaks: sum(({ leaks }) => leaks),
	};
}

/** The table for people: a row for each step, and the sum. */
export function summaryTable(rows: readonly Row[]): string {
	const names = [...new Set(rows.map(({ vendor, step }) => `${vendor}|${step}`))].sort();
	const line = (vendor: string, step: string, some: readonly Row[]): string => {
		const { cells, passed, failed, duplicates, lost, leaks } = summaryOf(some);
		return `| ${[vendor, step, cells, passed, failed, duplicates, lost, leaks].join(' | ')} |`;
	};
	return [
		'| vendor | step | cells | passed | failed | duplicates | lost | leaks |',
		'| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
		...names.map((name) => {
			const [vendor = '', step = ''] = name.split('|');
			return line(
				vendor,
				step,
				rows.filter((row) => row.vendor === vendor && row.step === step),
			);
		}),
		line('all', '', rows),
	].join('\n');
}
