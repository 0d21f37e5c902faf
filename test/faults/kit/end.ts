import { writeFileSync } from 'node:fs';

import { readReport, summaryTable } from './report';

/** After the suite: its table on the screen, and the report in the file that was asked for. */
export default function end(): void {
	const report = readReport();
	if (report.cells === 0) return;
	process.stderr.write(`\n${summaryTable(report.rows)}\n\n`);
	if (process.env.FAULT_REPORT) writeFileSync(process.env.FAULT_REPORT, `${JSON.stringify(report, null, '\t')}\n`);
}
