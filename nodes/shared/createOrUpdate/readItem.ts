import { z } from 'zod';

import { InputProblem } from '../../../http/errors';
import type { ContactInput, UpsertPolicy } from '../../../upsert/types';
import { isBlank, oneOf, optionalText, requiredText } from '../../../vendors/shared/checks';
import type { WritableField } from '../../../vendors/shared/contactField';
import type { ItemParameters } from '../itemParameters';
import type { Crm, OpenCrm } from './crm';
import { mappedValues, readMapping, storedFields, type MappingMemory } from './mapper';

/** One item, read; items with the same choices are handled as one batch. */
export interface ReadItem {
	input: ContactInput;
	policy: PolicyChoices;
	/** Boxes of the vendor's own that are ticked. */
	ticked: string[];
	fields: ReadonlyMap<string, WritableField>;
}

/** The builder's choices, before anything is asked of the vendor. */
type PolicyChoices = Omit<UpsertPolicy, 'origin'> & { marker?: { field: string; value: string } };

/** @throws InputProblem that names the field; nothing has been sent then. */
export async function readItem(
	crm: Crm,
	open: OpenCrm,
	item: ItemParameters,
	{ live, memory }: { live: () => Promise<ReadonlyMap<string, WritableField>>; memory: MappingMemory },
): Promise<ReadItem> {
	const mapping = readMapping(item, memory);
	const known = storedFields(mapping);
	const fields = known.needsLive || known.fields.size === 0 ? await live() : known.fields;
	const json = item.n8n.getInputData()[item.index]?.json ?? {};
	const mapped = mappedValues(mapping, fields, json, item.n8n.getTimezone());
	for (const [id, value] of crm.moreValues?.(item) ?? []) mapped.set(id, value);
	requireAll(crm, mapped);
	const { key, values } = open.readContact(mapped, item.optionText('defaultCountry'));
	return {
		input: { itemIndex: item.index, key, values, summary: readSummary(item) },
		policy: readPolicy(crm, item),
		ticked: (crm.flags ?? []).flatMap(({ name, displayName }) => (item.optionFlag(name, displayName) ? [name] : [])),
		fields,
	};
}

/** A missing required value rejects the item before any call (design.md, section 5). */
function requireAll(crm: Crm, values: ReadonlyMap<string, unknown>): void {
	const missing = crm.required.filter(({ id }) => isBlank(values.get(id)));
	const [first] = missing;
	if (!first) return;
	throw new InputProblem(
		`${missing.map(({ label }) => label).join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing`,
		{
			field: first.label,
			expected: 'a value',
			mend: `${crm.service} needs ${crm.required.map(({ label }) => label).join(' and ')}. Map ${missing.length > 1 ? 'them, or filter out items without them' : 'it, or filter out items without it'}.`,
		},
	);
}

/** Nodes without a summary don't have its parameters, which n8n refuses to read without a stand-in. */
function readSummary(item: ItemParameters): ContactInput['summary'] {
	const field = item.n8n.getNodeParameter('summaryField', item.index, '');
	const value = item.n8n.getNodeParameter('summary', item.index, '');
	if (typeof field !== 'string' || field === '') return undefined;
	return { field, value: optionalText(value, 'Summary') ?? '' };
}

/** What may be chosen; what stands first is meant where nothing is chosen. */
const SEVERAL_MATCH = ['reject', 'oldest', 'newest', 'skip'] as const;
const EMPTY_VALUES = ['ignore', 'clear'] as const;

function choice<Value extends string>(value: unknown, field: string, allowed: readonly [Value, ...Value[]]): Value {
	return isBlank(value) ? allowed[0] : oneOf(value, field, allowed);
}

function readPolicy(crm: Crm, item: ItemParameters): PolicyChoices {
	return {
		allowCreate: item.flag('allowCreate', 'Allow Creating and Updating New Contacts', true),
		allowUpdate: item.flag('allowUpdate', 'Allow Updating Existing Fields', true),
		alwaysSaveSummary: crm.alwaysSaveSummary || item.optionFlag('alwaysSaveSummary', 'Always Save Summary'),
		severalMatch: choice(item.option('severalMatch'), 'If Several Contacts Match', SEVERAL_MATCH),
		emptyValues: choice(item.option('emptyValues'), 'Empty Values', EMPTY_VALUES),
		dryRun: item.optionFlag('dryRun', 'Dry Run'),
		marker: readMarker(item),
	};
}

const markerOption = z.object({ marker: z.object({ field: z.unknown(), value: z.unknown() }) });

/** `undefined` where none is set: then the vendor's own default counts. @throws InputProblem where only half of it is set. */
function readMarker(item: ItemParameters): PolicyChoices['marker'] {
	const given = markerOption.safeParse(item.option('originMarker'));
	if (!given.success) return undefined;
	const { field, value } = given.data.marker;
	if (isBlank(field) && isBlank(value)) return undefined;
	return {
		field: requiredText(field, 'Origin Marker > Field').trim(),
		value: requiredText(value, 'Origin Marker > Value'),
	};
}
