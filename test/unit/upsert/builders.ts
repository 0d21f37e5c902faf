import type { ContactInput, FieldValue, ItemResult, Outcome, Problem, UpsertPolicy } from '../../../upsert/types';

/** A policy as the nodes have it at first. */
export function policy(changes: Partial<UpsertPolicy> = {}): UpsertPolicy {
	return {
		allowCreate: true,
		allowUpdate: true,
		alwaysSaveSummary: true,
		severalMatch: 'reject',
		emptyValues: 'ignore',
		origin: { kind: 'none' },
		dryRun: false,
		...changes,
	};
}

/** An item that is matched by its email; the email is also one of its values. */
export function item(
	email: string,
	values: Record<string, FieldValue> = {},
	more: Partial<ContactInput> = {},
): ContactInput {
	return {
		itemIndex: 0,
		key: { field: 'Email', label: 'Email', value: email, compare: email.toLowerCase() },
		values: new Map(Object.entries({ Email: email, ...values })),
		...more,
	};
}

/** Items numbered in their order. */
export function batch(...items: Array<Omit<ContactInput, 'itemIndex'>>): ContactInput[] {
	return items.map((one, itemIndex) => ({ ...one, itemIndex }));
}

/** The outcomes of a batch in which every item went well. */
export function outcomes(results: readonly ItemResult[]): Outcome[] {
	return results.map((result) => {
		if (!result.ok) throw new Error(`Item ${result.itemIndex}: ${result.error.message}`);
		return result.outcome;
	});
}

/** One word for each item: its action, the reason why it was skipped, or `error`. */
export function words(results: readonly ItemResult[]): string[] {
	return results.map((result) => (result.ok ? (result.outcome.reason ?? result.outcome.action) : 'error'));
}

/** What was wrong with the items that did not go well. */
export function problems(results: readonly ItemResult[]): Problem[] {
	return results.flatMap((result) => (result.ok ? [] : [result.error]));
}
