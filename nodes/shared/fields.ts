import type { INodeProperties } from 'n8n-workflow';

import { countryOptions } from './countries';

/** Return All and Limit, in n8n's own words. */
export const returnAllFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** For the Options collection of everything that takes a phone number. */
export const defaultCountryOption: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'options',
	options: countryOptions,
	default: 'US',
	description: 'The country of phone numbers that are written without a country code',
};

/** The Options collection, in alphabetical order. */
export function optionsField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...options].sort(byLabel(({ displayName }) => displayName)),
	};
}

/**
 * Sorted by label, for labels that are ours and plain ASCII: `localeCompare` would load the rules of all languages, 6 ms each time n8n starts.
 */
export function byLabel<T>(labelOf: (entry: T) => string): (a: T, b: T) => number {
	return (a, b) => (labelOf(a) < labelOf(b) ? -1 : 1);
}
