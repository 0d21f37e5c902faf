import { isObject } from '../../kit/input';
import { contactFields } from '../fields/table';
import { accounts, userReference, users, type ZohoUser } from '../users';

/** A contact as `GET /Contacts/{id}` answers it; never changed, only replaced. */
export interface Row {
	id: string;
	[field: string]: unknown;
}

/** Zoho's way to write a moment: whole seconds with an offset. */
export const zohoTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, '+00:00');

/** Base of ids: 19 digits, more than a JavaScript number can hold exactly. */
const firstId = 5725767000001000001n;

export const rowId = (count: number): string => String(firstId + BigInt(count) * 1000n);

/** A new row with every field; what wasn't given is `null`, and `false` for a boolean. */
export function newRow(id: string, values: Record<string, unknown>, user: ZohoUser, at: number): Row {
	const empty = Object.fromEntries(contactFields.map((spec) => [spec.name, spec.type === 'boolean' ? false : null]));
	const by = userReference(user);
	return changedRow({ ...empty, id, Owner: by, Created_By: by, Created_Time: zohoTime(at) }, values, user, at);
}

export function changedRow(row: Row, values: Record<string, unknown>, user: ZohoUser, at: number): Row {
	const written = Object.entries(values).map(([name, value]) => [name, stored(name, value)] as const);
	const next: Row = { ...row, ...Object.fromEntries(written), id: row.id };
	return {
		...next,
		Full_Name: [next['First_Name'], next['Last_Name']].filter(Boolean).join(' '),
		Score_Band: Number(next['Lead_Score'] ?? 0) >= 50 ? 'hot' : 'cold',
		Modified_By: userReference(user),
		Modified_Time: zohoTime(at),
	};
}

const referenceBy: Record<string, (id: unknown) => unknown> = {
	Owner: (id) => {
		const user = Object.values(users).find((each) => each.id === id);
		return user ? userReference(user) : null;
	},
	Account_Name: (id) => accounts.find((each) => each.id === id) ?? null,
};

function stored(name: string, value: unknown): unknown {
	if (value === '' || value === undefined) return null;
	const reference = referenceBy[name];
	return reference ? reference(isObject(value) ? value['id'] : value) : value;
}
