import { z } from 'zod';

/**
 * Answers of Salesforce's REST API, loosely: what is used is checked, the rest is left alone.
 * Sources: apis/salesforce-zoho-wawp.md, A2 to A8.
 */

const text = z.string().nullish();

/** What a duplicate rule says of its refusal. */
const duplicateSchema = z
	.object({
		allowSave: z.boolean().nullish(),
		duplicateRule: text,
		matchResults: z
			.array(
				z.object({
					entityType: z.string().catch('record'),
					matchRecords: z.array(z.object({ record: z.object({ Id: z.string() }) })).catch([]),
				}),
			)
			.catch([]),
	})
	.nullish()
	.catch(undefined);

/**
 * One entry of an error: `errorCode` in the answer to a single call, `statusCode` in a row of a collection (A6, A7).
 * The key of the duplicate details is misspelt in real captures and spelt as its type in the documents; both are read.
 */
export const errorSchema = z
	.object({
		errorCode: text,
		statusCode: text,
		message: z.string().nullish(),
		fields: z.array(z.string()).nullish().catch(undefined),
		duplicateResut: duplicateSchema,
		duplicateResult: duplicateSchema,
	})
	.transform((entry) => ({
		code: entry.errorCode ?? entry.statusCode ?? '',
		message: entry.message ?? '',
		fields: entry.fields ?? [],
		duplicate: entry.duplicateResut ?? entry.duplicateResult ?? undefined,
	}));
export type SalesforceError = z.infer<typeof errorSchema>;

export const errorsSchema = z.array(errorSchema);

/** Result of one written record, alone or as a row of a collection. */
export const savedSchema = z.object({ id: text, success: z.boolean(), errors: errorsSchema.catch([]) });

/** A record of a query: scalars stay, compound values and `attributes` become null. */
const recordSchema = z.record(z.union([z.string(), z.number(), z.boolean()]).nullable().catch(null));
export type SalesforceRecord = z.infer<typeof recordSchema>;

/** Every query asks for `Id`: what has none can't be told from no contact. */
const foundSchema = recordSchema.refine(({ Id }) => typeof Id === 'string' && Id !== '', { path: ['Id'] });

export const pageSchema = z.object({ done: z.boolean(), nextRecordsUrl: text, records: z.array(foundSchema) });
export type QueryPage = z.infer<typeof pageSchema>;

export const compositeSchema = z.object({
	compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown() })),
});

export const describeSchema = z.object({
	fields: z.array(
		z.object({
			name: z.string(),
			label: z.string(),
			type: z.string(),
			length: z.number().catch(0),
			createable: z.boolean(),
			updateable: z.boolean(),
			nillable: z.boolean().catch(true),
			defaultedOnCreate: z.boolean().catch(false),
			deprecatedAndHidden: z.boolean().catch(false),
			restrictedPicklist: z.boolean().catch(false),
			dependentPicklist: z.boolean().catch(false),
			picklistValues: z
				.array(z.object({ active: z.boolean().catch(true), label: text, value: z.string() }))
				.nullish()
				.catch([]),
		}),
	),
});
export type DescribedField = z.infer<typeof describeSchema>['fields'][number];
