import type { ItemResult, Problem } from './types';

/** A batch in numbers. Each item is in exactly one of the three counts. */
export interface Tally {
	total: number;
	/** Created, updated, or given a new summary. */
	written: number;
	notWritten: number;
	/** Unchanged or skipped. */
	untouched: number;
	dryRun: boolean;
	/** The first item, in the order of the batch, that was not written. */
	first?: { itemIndex: number; problem: Problem };
}

export function tally(results: readonly ItemResult[]): Tally {
	const counts: Tally = { total: results.length, written: 0, notWritten: 0, untouched: 0, dryRun: false };
	for (const result of results) {
		if (!result.ok) {
			counts.notWritten++;
			counts.first ??= { itemIndex: result.itemIndex, problem: result.error };
			continue;
		}
		if (result.outcome.action === 'unchanged' || result.outcome.action === 'skipped') counts.untouched++;
		else counts.written++;
		counts.dryRun ||= result.outcome.dryRun;
	}
	return counts;
}

/**
 * What a node says when it is set to stop and an item was not written; undefined if every item went well.
 * A single item speaks for itself. Items are numbered from 0, as n8n numbers them.
 */
export function stopMessage(counts: Tally): Problem | undefined {
	const { total, written, notWritten, untouched, dryRun, first } = counts;
	if (!first || total === 1) return first?.problem;
	const were = (count: number) => (dryRun ? 'would be' : count === 1 ? 'was' : 'were');
	const sentences = [
		`${written} ${were(written)} written, ${untouched} ${were(untouched)} left untouched.`,
		`First cause, in item ${first.itemIndex}: ${sentence(first.problem.message)}`,
		sentence(first.problem.description ?? ''),
		dryRun ? '' : 'Put it right and run all items again: what is written already is found, and not created twice.',
	];
	return {
		...first.problem,
		message: `${notWritten} of ${total} items ${dryRun ? 'would not be' : `${were(notWritten)} not`} written`,
		description: sentences.filter((text) => text !== '').join(' '),
	};
}

function sentence(text: string): string {
	return text === '' || /[.!?]$/.test(text) ? text : `${text}.`;
}
