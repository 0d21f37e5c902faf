import { changedValues, type FieldTable } from './changes';
import { decide, type Match } from './decide';
import { severalProblem } from './several';
import type { ContactKey, FieldValues, Problem, SkipReason, UpsertPolicy } from './types';
import type { Wanted } from './wanted';

export interface CreatePlan {
	do: 'create';
	action: 'created';
	values: FieldValues;
}

export interface UpdatePlan {
	do: 'update';
	action: 'updated' | 'summaryUpdated';
	match: Match;
	/** Only what differs; never empty. */
	values: FieldValues;
}

export type Plan =
	| CreatePlan
	| UpdatePlan
	| { do: 'nothing'; action: 'unchanged'; reason: null; match: Match }
	| { do: 'nothing'; action: 'skipped'; reason: SkipReason; match?: Match }
	| { do: 'reject'; problem: Problem };

/** The decision for one item together with what it means to write. */
export function planFor(
	key: ContactKey,
	wanted: Wanted,
	matches: readonly Match[],
	policy: UpsertPolicy,
	fields: FieldTable,
): Plan {
	const decision = decide(matches, policy, wanted.summary.size > 0);
	switch (decision.do) {
		case 'create':
			return { do: 'create', action: 'created', values: wanted.onCreate };
		case 'update':
			return updatePlan('updated', decision.match, wanted.onUpdate, fields);
		case 'saveSummary':
			return updatePlan('summaryUpdated', decision.match, wanted.summary, fields);
		case 'skip':
			return { do: 'nothing', action: 'skipped', reason: decision.reason, match: decision.match };
		case 'reject':
			return {
				do: 'reject',
				problem: severalProblem(
					key,
					matches.map((match) => match.contact),
				),
			};
	}
}

function updatePlan(action: UpdatePlan['action'], match: Match, wanted: FieldValues, fields: FieldTable): Plan {
	const values = changedValues(match.contact.fields, wanted, fields);
	if (values.size === 0) return { do: 'nothing', action: 'unchanged', reason: null, match };
	return { do: 'update', action, match, values };
}
