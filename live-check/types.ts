import { z } from 'zod';

/** Accounts to ask, as the file `live-check.json` names them. Leave out a vendor that is not to be asked. */
export const configSchema = z
	.object({
		wati: z.object({ apiEndpoint: z.string(), accessToken: z.string() }).strict().optional(),
		salesforce: z.object({ instanceUrl: z.string(), accessToken: z.string() }).strict().optional(),
		zoho: z.object({ apiDomain: z.string(), accessToken: z.string() }).strict().optional(),
		wawp: z
			.object({
				instanceId: z.string(),
				accessToken: z.string(),
				apiEndpoint: z.string().default('https://api.wawp.net'),
			})
			.strict()
			.optional(),
	})
	.strict();
export type Config = z.infer<typeof configSchema>;
export type Vendor = keyof Config;

/** What may be written, and about whom: a number or address that belongs to whoever runs the check. */
export interface WriteTarget {
	phone?: string;
	email?: string;
}

/** One thing that a vendor's documentation leaves open, and how to find it out. */
export interface Check {
	question: string;
	/** The one place that holds the answer; what is learned is changed there. */
	place: string;
	/** Creates or changes the contact of {@link WriteTarget}. */
	writes?: 'phone' | 'email';
	ask(write: Required<WriteTarget>): Promise<Finding>;
}

export interface Finding {
	/** In words, without anybody's data. */
	answer: string;
	/** What the code takes for granted; `false` where the vendor answered otherwise. */
	asAssumed?: boolean;
}

export interface VendorChecks {
	vendor: string;
	/** Tries the connection; a sentence when it does not work. */
	connect(): Promise<string | undefined>;
	checks: Check[];
}
