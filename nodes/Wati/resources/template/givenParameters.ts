import { z } from 'zod';

import { InputProblem } from '../../../../http/errors';
import { datesAsText } from '../../../../vendors/shared/calendar';
import { readParameters } from '../../../../vendors/wati/parameters';
import type { ParameterValue } from '../../../../vendors/wati/templateSends';
import type { ItemParameters } from '../../../shared/itemParameters';
import { FIELD } from './parameterFields';

export interface GivenParameters {
	values: ParameterValue[];
	/** Names the template is known to want; `undefined` when the node doesn't know. */
	wanted?: string[];
}

/** The parameters of an item, unchecked. @throws InputProblem when they can't be read. */
export function readTemplateParameters(item: ItemParameters): GivenParameters {
	if (item.get('specifyParameters') === 'json') {
		return { values: readParameters(item.json('templateParametersJson', FIELD), FIELD) };
	}
	return readMapper(item);
}

const mapper = z
	.object({
		mappingMode: z.string().catch('defineBelow'),
		value: z.record(z.unknown()).nullish().catch(null),
		schema: z.array(z.object({ id: z.string(), removed: z.boolean().nullish() })).catch([]),
	})
	.catch({ mappingMode: 'defineBelow', value: null, schema: [] });

/**
 * The editor keeps values of a template that was chosen before, and marks fields that are out of use: the schema says what counts.
 * Without one, as a hand-written workflow may have it, all values count.
 */
function readMapper(item: ItemParameters): GivenParameters {
	const { mappingMode, value, schema } = mapper.parse(item.get('templateParameters'));
	const source = (mappingMode === 'autoMapInputData' ? item.n8n.getInputData()[item.index]?.json : value) ?? {};
	const wanted = schema.filter(({ removed }) => removed !== true).map(({ id }) => id);
	if (wanted.length > 0) return { wanted, values: wanted.map((name) => ({ name, value: asText(name, source[name]) })) };
	if (schema.length > 0 || mappingMode === 'autoMapInputData') return { wanted: [], values: [] };
	return { values: Object.entries(source).map(([name, entry]) => ({ name, value: asText(name, entry) })) };
}

function asText(name: string, given: unknown): string {
	const value = datesAsText(given);
	if (value === undefined || value === null) return '';
	if (typeof value !== 'object') return String(value);
	throw new InputProblem(`${FIELD} has something other than a text for the parameter "${name}"`, {
		field: FIELD,
		found: value,
		expected: 'a text or a number',
	});
}
