import { SalesforceError } from './errors';
import type { StoredRecord } from './fields';
import type { Org } from './org';
import { attributes } from './soql/evaluate';

/** A duplicate rule of the org. Shapes: A6, captures of DUPLICATES_DETECTED. */
export interface DuplicateRule {
	name: string;
	/** `alert` can be overridden with `allowSave`, `block` can't. */
	action: 'alert' | 'block';
	/** A record is a duplicate when all of these fields are equal and not empty. */
	matchOn: string[];
	/** Which records it looks at: a rule on contacts may also match leads. */
	against: 'Contact' | 'Lead';
	on: Array<'create' | 'update'>;
	/** The key of the details as the vendor misspells it, as it is documented, or no details at all. */
	key: 'duplicateResut' | 'duplicateResult' | 'none';
	message: string;
}

/** The standard rule of an org: contacts with the same address, alert, misspelt key. */
export const duplicateRule = (more: Partial<DuplicateRule> = {}): DuplicateRule => ({
	name: 'Standard_Contact_Duplicate_Rule',
	action: 'alert',
	matchOn: ['Email'],
	against: 'Contact',
	on: ['create', 'update'],
	key: 'duplicateResut',
	message: "You're creating a duplicate record. We recommend you use an existing record instead.",
	...more,
});

/** What the caller asked for with `Sforce-Duplicate-Rule-Header`; everything is off when it is missing. */
export interface DuplicateHeader {
	allowSave: boolean;
	includeRecordDetails: boolean;
}

/** Reads the header; versions before 52 don't know it. */
export function readDuplicateHeader(header: string | undefined, version: number): DuplicateHeader {
	const asked = version < 52 ? '' : (header ?? '');
	const isOn = (name: string): boolean => new RegExp(`(^|[;,\\s])${name}\\s*=\\s*true\\s*($|[;,])`, 'i').test(asked);
	return { allowSave: isOn('allowSave'), includeRecordDetails: isOn('includeRecordDetails') };
}

/** Throws DUPLICATES_DETECTED when a rule refuses the record as it would become. */
export function checkDuplicates(
	org: Org,
	record: StoredRecord,
	operation: 'create' | 'update',
	header: DuplicateHeader,
	version: string,
): void {
	for (const rule of org.settings.duplicateRules) {
		if (!rule.on.includes(operation) || (rule.action === 'alert' && header.allowSave)) continue;
		const matches = findDuplicates(org, rule, record);
		if (matches.length > 0) throw detected(org, rule, matches, header, version);
	}
}

function findDuplicates(org: Org, rule: DuplicateRule, record: StoredRecord): StoredRecord[] {
	const text = (one: StoredRecord, name: string): string => String(one[name] ?? '').toLowerCase();
	const candidates = org.object(rule.against)?.records.values() ?? [];
	return [...candidates].filter(
		(other) =>
			other.Id !== record.Id &&
			rule.matchOn.every((name) => text(record, name) !== '' && text(record, name) === text(other, name)),
	);
}

function detected(
	org: Org,
	rule: DuplicateRule,
	matches: StoredRecord[],
	header: DuplicateHeader,
	version: string,
): SalesforceError {
	const details = {
		allowSave: rule.action === 'alert',
		duplicateRule: rule.name,
		duplicateRuleEntityType: 'Contact',
		errorMessage: rule.message,
		matchResults: [
			{
				entityType: rule.against,
				errors: [],
				matchEngine: 'FuzzyMatchEngine',
				matchRecords: matches.map((match) => matchRecord(org, rule, match, header, version)),
				rule: 'Standard_Contact_Match_Rule_v1_1',
				size: matches.length,
				success: true,
			},
		],
	};
	return new SalesforceError(400, [
		{
			errorCode: 'DUPLICATES_DETECTED',
			message: rule.message,
			extra: rule.key === 'none' ? {} : { [rule.key]: details },
		},
	]);
}

function matchRecord(
	org: Org,
	rule: DuplicateRule,
	match: StoredRecord,
	header: DuplicateHeader,
	version: string,
): Record<string, unknown> {
	const object = org.object(rule.against) ?? org.contact;
	return {
		additionalInformation: [],
		fieldDiffs: [],
		matchConfidence: 100.0,
		record: {
			attributes: attributes(object, match, version),
			Id: match.Id,
			...(header.includeRecordDetails ? org.shown(match, object) : {}),
		},
	};
}
