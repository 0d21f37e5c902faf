import { InputProblem } from '../../../http/errors';
import { utcMoment } from '../../../vendors/shared/time';
import type { ItemParameters } from '../../shared/itemParameters';

/** Both UTC ISO 8601. */
export interface Period {
	from?: string;
	to?: string;
}

/** Two dates in the workflow's time zone as UTC; an empty one is left out. @throws InputProblem, also when they are the wrong way round. */
export function readPeriod(item: ItemParameters, given: { from: unknown; to: unknown }): Period {
	const period = { from: optionalMoment(item, given.from, 'From'), to: optionalMoment(item, given.to, 'To') };
	if (period.from === undefined || period.to === undefined || period.from <= period.to) return period;
	throw new InputProblem('From is later than To', {
		field: 'From',
		found: `${period.from} to ${period.to}`,
		expected: 'From before To',
		mend: 'Swap the two.',
	});
}

function optionalMoment(item: ItemParameters, value: unknown, field: string): string | undefined {
	const isEmpty = value === undefined || value === null || value === '';
	return isEmpty ? undefined : utcMoment(value, field, item.n8n.getTimezone());
}
