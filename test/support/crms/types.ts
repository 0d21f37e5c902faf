/** The generic fields that the tests of all four vendors speak of. */
export interface SampleContact {
	/** Which of the sample people: decides email and phone. */
	person: number;
	/** A plain text field. */
	text?: string;
	summary?: string;
	/** Who made it: this integration as its marker says, the user of the connection, or somebody else. */
	madeBy?: 'marker' | 'connectedUser' | 'somebodyElse';
	createdAt?: Date;
}

export interface StoredSample {
	id: string;
	text: string | null;
	summary: string | null;
	marker: string | null;
}

/** One vendor with its simulator, as the tests of Create or Update Contact need it. */
export interface CrmFixture {
	name: 'WATI' | 'Salesforce' | 'Zoho CRM' | 'Wawp';
	/** Without the package. */
	node: string;
	credentialType: string;
	/** The field ids behind the generic names; `undefined` where the vendor has none. */
	fields: { key: string; name: string; text: string; summary?: string; marker?: string };
	/** What a connected credential holds, for n8n's API. */
	credentialData(): Record<string, unknown>;
	start(): Promise<void>;
	stop(): Promise<void>;
	/** Forgets contacts and traffic; tokens stay good. */
	reset(): void;
	/** Forgets the request log only. */
	clearTraffic(): void;
	seed(contact: SampleContact): string;
	/** Everything the vendor holds of that person, oldest first. */
	stored(person: number): StoredSample[];
	/** The key as a builder would map it. */
	key(person: number): string;
	calls(): number;
	writes(): number;
	/** Milliseconds that each answer is held back. */
	latency(ms: number): void;
}

/** Mapper values of a sample contact, besides text and summary. */
export function mapped(crm: CrmFixture, person: number, text?: string): Record<string, unknown> {
	return {
		[crm.fields.key]: crm.key(person),
		[crm.fields.name]: `Sample${person}`,
		...(text === undefined ? {} : { [crm.fields.text]: text }),
	};
}

export const email = (person: number): string => `person${person}@example.com`;
export const phone = (person: number): string => `1415555${String(1000 + person)}`;
export const orNull = (value: unknown): string | null =>
	value === undefined || value === null || value === '' ? null : String(value);
