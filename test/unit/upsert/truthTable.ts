/** What happens to a contact: each row of the README's table, one for each combination of found, C and U. */
const TABLE = `
	found            | C   | U   | with a summary                   | without a summary
	none             | on  | on  | created: fields, summary, origin | created: fields, origin
	none             | on  | off | created: fields, summary, origin | created: fields, origin
	none             | off | on  | creationOff                      | creationOff
	none             | off | off | creationOff                      | creationOff
	one, ours        | on  | on  | updated: fields, summary         | updated: fields
	one, ours        | on  | off | updated: fields, summary         | updated: fields
	one, not ours    | on  | on  | updated: fields, summary         | updated: fields
	one, not ours    | off | on  | updated: fields, summary         | updated: fields
	one, ours        | off | on  | updated: fields, summary         | updated: fields
	one, not ours    | on  | off | summaryUpdated: summary          | updatesOff
	one, not ours    | off | off | summaryUpdated: summary          | updatesOff
	one, ours        | off | off | summaryUpdated: summary          | updatesOff
`;

/** C: Allow Creating and Updating New Contacts. U: Allow Updating Existing Fields. */
export const TRUTH_TABLE = TABLE.trim()
	.split('\n')
	.slice(1)
	.map((line) => line.split('|').map((cell) => cell.trim()))
	.map(([found = '', c = '', u = '', withSummary = '', without = '']) => ({ found, c, u, withSummary, without }));

/**
 * The table's cells, one by one. `word` is the action, or the reason why the item was skipped; `written` what a write brings:
 * `fields`, `summary`, `origin`.
 */
export const TRUTH_CASES = TRUTH_TABLE.flatMap(({ found, c, u, withSummary, without }) =>
	[
		{ summary: 'We talked', expected: withSummary },
		{ summary: '', expected: without },
	].map(({ summary, expected }) => {
		const [word = '', written = ''] = expected.split(': ');
		return { found, c, u, summary, expected, word, written: written.split(', ') };
	}),
);
