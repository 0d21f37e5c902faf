export type Operation = 'READ' | 'CREATE' | 'UPDATE' | 'WRITE' | 'DELETE';

/** Operations that stand for others. */
const covering: Record<Operation, readonly string[]> = {
	READ: ['READ', 'ALL'],
	CREATE: ['CREATE', 'WRITE', 'ALL'],
	UPDATE: ['UPDATE', 'WRITE', 'ALL'],
	WRITE: ['WRITE', 'ALL'],
	DELETE: ['DELETE', 'ALL'],
};

/** All that the connector asks for, as granted by {@link ZohoSimulator.grant} unless told otherwise. */
export const allScopes =
	'ZohoCRM.modules.contacts.ALL,ZohoCRM.settings.fields.READ,ZohoCRM.settings.layouts.READ,ZohoCRM.coql.READ,ZohoCRM.users.READ';

/** Splits `A,B`; `undefined` when a part has not the form of a scope, as with a space for a comma. */
export function parseScopes(text: string): string[] | undefined {
	const scopes = text.split(',');
	return scopes.every((scope) => /^[A-Za-z]+(\.[A-Za-z_]+)+$/.test(scope)) ? scopes : undefined;
}

/**
 * Whether the scopes allow an operation on an area such as `modules.contacts`; the wider `modules` covers it as well,
 * and case doesn't matter (n8n asks for `ZohoCRM.settings.all`).
 */
export function allows(scopes: readonly string[], area: string, operation: Operation): boolean {
	const granted = new Set(scopes.map((scope) => scope.toLowerCase()));
	const parts = area.split('.');
	const areas = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
	return areas.some((each) => covering[operation].some((word) => granted.has(`zohocrm.${each}.${word}`.toLowerCase())));
}
