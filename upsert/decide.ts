import { byAge } from './several';
import type { SkipReason, StoredContact, UpsertPolicy } from './types';

/** A contact that has the key of an item. */
export interface Match {
	contact: StoredContact;
	/** This integration made it (origin.ts), or this very run did. */
	ours: boolean;
}

export type Decision =
	| { do: 'create' }
	| { do: 'update'; match: Match }
	| { do: 'saveSummary'; match: Match }
	| { do: 'skip'; reason: SkipReason; match?: Match }
	| { do: 'reject' };

/** What to do with one item, given the contacts that have its key: the truth table of the README, as code. */
export function decide(matches: readonly Match[], policy: UpsertPolicy, hasSummary: boolean): Decision {
	const [match, another] = matches;
	if (!match) return policy.allowCreate ? { do: 'create' } : { do: 'skip', reason: 'creationOff' };
	return another ? decideSeveral(matches, policy, hasSummary) : decideOne(match, policy, hasSummary);
}

function decideOne(match: Match, policy: UpsertPolicy, hasSummary: boolean): Decision {
	const mayWriteAll = policy.allowUpdate || (policy.allowCreate && match.ours);
	if (mayWriteAll) return { do: 'update', match };
	if (policy.alwaysSaveSummary && hasSummary) return { do: 'saveSummary', match };
	return { do: 'skip', reason: 'updatesOff', match };
}

function decideSeveral(matches: readonly Match[], policy: UpsertPolicy, hasSummary: boolean): Decision {
	if (policy.severalMatch === 'skip') return { do: 'skip', reason: 'severalMatches' };
	const chosen =
		policy.severalMatch === 'reject' ? undefined : byAge(matches).at(policy.severalMatch === 'oldest' ? 0 : -1);
	return chosen ? decideOne(chosen, policy, hasSummary) : { do: 'reject' };
}
