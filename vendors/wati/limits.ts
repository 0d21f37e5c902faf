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
} as const;
