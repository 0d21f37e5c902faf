import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Before the suite: an empty file for its rows. */
export default function start(): void {
	process.env.FAULT_ROWS ??= join(mkdtempSync(join(tmpdir(), 'faults-')), 'rows.jsonl');
	writeFileSync(process.env.FAULT_ROWS, '');
}
