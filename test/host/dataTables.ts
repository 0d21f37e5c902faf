import { z } from 'zod';
import type { RestClient } from './restClient';

const idSchema = z.object({ id: z.string() });
const rowsSchema = z.object({ data: z.array(z.record(z.unknown())), nextCursor: z.string().nullish() });

/** n8n's Data Tables, by its public API. */
export class DataTables {
	constructor(private readonly rest: RestClient) {}

	async create(
		name: string,
		columns: Array<{ name: string; type: 'string' | 'number' | 'boolean' | 'date' }>,
	): Promise<string> {
		return idSchema.parse(await this.rest.api('POST', '/data-tables', { name, columns })).id;
	}

	async all(): Promise<Array<{ id: string; name: string }>> {
		const tables = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) });
		return tables.parse(await this.rest.api('GET', '/data-tables?limit=100')).data;
	}

	async insert(tableId: string, rows: Array<Record<string, unknown>>): Promise<void> {
		await this.rest.api('POST', `/data-tables/${tableId}/rows`, { data: rows });
	}

	async rows(tableId: string): Promise<Array<Record<string, unknown>>> {
		const rows: Array<Record<string, unknown>> = [];
		for (let cursor: string | null | undefined = ''; cursor !== undefined && cursor !== null;) {
			const query = new URLSearchParams({ limit: '100', ...(cursor === '' ? {} : { cursor }) });
			const page = rowsSchema.parse(await this.rest.api('GET', `/data-tables/${tableId}/rows?${query.toString()}`));
			rows.push(...page.data);
			cursor = page.nextCursor;
		}
		return rows;
	}

	async delete(tableId: string): Promise<void> {
		await this.rest.api('DELETE', `/data-tables/${tableId}`);
	}
}
