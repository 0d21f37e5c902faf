import { InputProblem } from '../../../http/errors';
import type { ItemParameters } from '../../shared/itemParameters';

/** The most entries a list operation gives; `undefined` for all. @throws InputProblem */
export function readLimit(item: ItemParameters): number | undefined {
	if (item.flag('returnAll', 'Return All')) return undefined;
	const limit = Number(item.get('limit') ?? 50);
	if (Number.isInteger(limit) && limit >= 1) return limit;
	throw new InputProblem('Limit is not a whole number of 1 or more', {
		field: 'Limit',
		found: item.get('limit'),
		expected: 'a number such as 50',
		mend: 'Switch on Return All to get everything.',
	});
}
