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

/** A row for each cell. A cell that was asked again on a busy machine (test/support/patience.ts) stands there as it was the last time. */
export interface ReportRow extends Row {
	passed: boolean;
	tries: number;
}

export interface Report extends Summary {
	rows: ReportRow[];
}

export function readReport(): Report {
	const name = file();
	const lines = name && existsSync(name) ? readFileSync(name, 'utf8').split('\n') : [];
	const rows = new Map<string, ReportRow>();
	for (const line of lines.filter((one) => one !== '')) {
		const row = JSON.parse(line) as Row;
		const cell = [row.vendor, row.step, row.trouble, row.duration].join('|');
		rows.set(cell, { ...row, passed: hasPassed(row), tries: (rows.get(cell)?.tries ?? 0) + 1 });
	}
	return { ...summaryOf([...rows.values()]), rows: [...rows.values()] };
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
