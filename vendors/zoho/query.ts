import { z } from 'zod';

import { RequestError } from '../../http/errors';
import type { ZohoApi } from './api';
import { contactsByEmail, ROWS_PER_ANSWER } from './coql';
import { API } from './connection';

const contactRow = z.object({ id: z.string(), Email: z.string().nullish() }).passthrough();

/** A row of a look-up: id, Email and the columns asked for. */
export type ContactRow = z.infer<typeof contactRow>;

const answer = z.object({
	data: z.array(contactRow),
	info: z
		.object({ more_records: z.boolean().nullish().catch(undefined) })
		.nullish()
		.catch(undefined),
});

/**
 * All contacts that have one of the emails, by COQL: it reads what is stored, while Zoho's search reads an index that
 * lags behind (B4, B5). No rows are 204 or an empty list.
 * @throws RequestError, with the column's name as its field where Zoho doesn't know a column.
 */
export async function contactsWithEmails(
	api: ZohoApi,
	emails: readonly string[],
	columns: readonly string[],
): Promise<ContactRow[]> {
	const rows = new Map<string, ContactRow>();
	for (let offset = 0; ;) {
		const page = await onePage(api, contactsByEmail({ columns, emails, offset }));
		const isNew = page.rows.some(({ id }) => !rows.has(id));
		for (const row of page.rows) rows.set(row.id, row);
		if (!page.more) return [...rows.values()];
		if (!isNew) throw unreadable('gave the same contacts again instead of the next ones', 200);
		offset += page.rows.length;
	}
}

/** A look-up that can't be read to its end must not look as if there were no more contacts. */
function unreadable(what: string, status: number): RequestError {
	return new RequestError('badAnswer', `Zoho CRM ${what} when asked to look up contacts`, {
		status,
		description: 'Nothing was written for these items. Run them again later.',
	});
}

async function onePage(api: ZohoApi, query: string): Promise<{ rows: ContactRow[]; more: boolean }> {
	const { json, status } = await api.json({
		purpose: 'look up contacts',
		scope: 'ZohoCRM.coql.READ',
		effect: 'read',
		method: 'POST',
		path: `${API}/coql`,
		json: { select_query: query },
	});
	if (json === undefined && status === 204) return { rows: [], more: false };
	const parsed = answer.safeParse(json);
	if (!parsed.success) throw unreadable('answered in an unexpected form', status);
	const { data, info } = parsed.data;
	return { rows: data, more: data.length > 0 && (info?.more_records ?? data.length >= ROWS_PER_ANSWER) };
}
