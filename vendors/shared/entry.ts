/** The entry of a table for a key that comes from outside: what every object has, such as `constructor`, is none. */
export function entryOf<Value>(table: Readonly<Partial<Record<string, Value>>>, key: string): Value | undefined {
	return Object.hasOwn(table, key) ? table[key] : undefined;
}
