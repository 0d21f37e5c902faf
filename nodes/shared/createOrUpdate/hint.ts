import type { NodeExecutionHint } from 'n8n-workflow';

import type { ItemResult, Outcome } from '../../../upsert/types';

const WORDS: Record<Outcome['action'], string> = {
	created: 'created',
	updated: 'updated',
	summaryUpdated: 'given a new summary',
	unchanged: 'unchanged',
	skipped: 'skipped',
};

/** What became of a batch, in one line above the output; nothing for a single contact that was really written. */
export function batchHint(results: readonly ItemResult[]): NodeExecutionHint | undefined {
	const dryRun = results.some((result) => result.ok && result.outcome.dryRun);
	if (results.length < 2 && !dryRun) return undefined;
	const counts = new Map<string, number>();
	for (const result of results) {
		const word = result.ok ? WORDS[result.outcome.action] : 'rejected';
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	const list = [...counts].map(([word, count]) => `${count.toLocaleString('en')} ${word}`).join(', ');
	return {
		message: `${dryRun ? 'Dry run, nothing was written: ' : ''}${results.length.toLocaleString('en')} ${results.length === 1 ? 'contact' : 'contacts'}, ${list}`,
		type: 'info',
		location: 'outputPane',
	};
}
