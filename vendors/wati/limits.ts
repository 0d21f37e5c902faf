/**
 * Limits that are checked before anything is sent (apis/wati.md, sections 6 and 9: WATI's OpenAPI and Meta's rules for interactive messages).
 * Texts are in characters, lists in entries.
 */
export const LIMITS = {
	text: 4096,
	caption: 1024,
	header: 60,
	body: 1024,
	footer: 60,
	buttons: 3,
	buttonText: 20,
	listButtonText: 20,
	sections: 10,
	rows: 10,
	sectionTitle: 24,
	rowTitle: 24,
	rowDescription: 72,
	contactsPerUpdate: 100,
	recipientsPerCall: 10_000,
	pageSize: 100,
	/** Our own: WATI states no concurrency limit for v3; the pacer learns a rate limit by itself. */
	callsAtOnce: 20,
	/** Our own: a Base64 string stands in the item's JSON, which n8n keeps in memory and in its database. In bytes of the file. */
	base64File: 20_000_000,
} as const;
