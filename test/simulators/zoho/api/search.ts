import type { FastifyReply, FastifyRequest } from 'fastify';

import { paramOf, queryOf } from '../../kit/input';
import type { Row } from '../contacts/row';
import { contactFields } from '../fields/table';
import { errorBody, ZohoFailure } from '../errors';
import type { World } from '../world';
import { authorize, readContacts, requireContacts, scopeMismatch, scopesOf } from './access';
import { parseCriteria } from './criteria';

/** `GET /Contacts/search` (B4): fed from an index that lags; nothing found is 204. */
export function registerSearch(world: World): void {
	world.api.app.get('/crm/v8/:module/search', async (request, reply) => {
		requireScopes(world, request);
		requireContacts(paramOf(request, 'module'));
		return await answer(world, queryOf(request), reply);
	});
}

function requireScopes(world: World, request: FastifyRequest): void {
	authorize(world, request, [readContacts]);
	if (!world.settings.searchNeedsSecureSearch) return;
	if (!scopesOf(world, request).includes('ZohoSearch.securesearch.READ')) throw scopeMismatch();
}

async function answer(world: World, query: Record<string, string>, reply: FastifyReply): Promise<unknown> {
	const asked = Object.entries(kinds).filter(([kind]) => query[kind] !== undefined);
	const [kind, makeTest] = asked[0] ?? [];
	if (!kind || !makeTest || asked.length > 1) throw invalid('criteria');
	const test = makeTest(query[kind] ?? '');
	if (!test) throw invalid(kind);

	const { page, perPage } = pageOf(query);
	const found = world.contacts.search.rows().filter(test);
	const rows = found.slice((page - 1) * perPage, page * perPage);
	if (rows.length === 0) return await reply.code(204).send();
	return {
		data: rows.map((row) => shownFields(row, query['fields'])),
		info: { per_page: perPage, count: rows.length, page, more_records: found.length > page * perPage },
	};
}

type Test = (row: Row) => boolean;

const fieldsOf = (...types: string[]) =>
	contactFields.filter((spec) => types.includes(spec.type)).map((spec) => spec.name);
const emailFields = fieldsOf('email');
const phoneFields = fieldsOf('phone');
const wordFields = fieldsOf('text', 'email', 'phone', 'website', 'picklist');

const digits = (text: unknown): string => String(text ?? '').replace(/\D/g, '');
const lower = (text: unknown): string => String(text ?? '').toLowerCase();

/** One way to search a call. `email` looks through all e-mail fields (Kaizen #82); phones are compared by their digits, ours. */
const kinds: Record<string, (wanted: string) => Test | undefined> = {
	criteria: parseCriteria,
	email: (wanted) => (row) => emailFields.some((name) => lower(row[name]) === lower(wanted)),
	phone: (wanted) => (row) => phoneFields.some((name) => digits(wanted) !== '' && digits(row[name]) === digits(wanted)),
	word: (wanted) => (row) => wordFields.some((name) => lower(row[name]).includes(lower(wanted))),
};

function pageOf(query: Record<string, string>): { page: number; perPage: number } {
	const page = Number(query['page'] ?? 1);
	const perPage = Number(query['per_page'] ?? 200);
	if (!Number.isInteger(page) || page < 1) throw invalid('page');
	if (!Number.isInteger(perPage) || perPage < 1 || perPage > 200) throw invalid('per_page');
	if (page * perPage > 2000)
		throw new ZohoFailure(400, errorBody('LIMIT_REACHED', 'no more than 2000 rows', { limit: 2000 }));
	return { page, perPage };
}

/** The fields asked for and the id; all when none are named. */
export function shownFields(row: Row, fields: string | undefined): Record<string, unknown> {
	if (!fields) return row;
	const names = new Set([...fields.split(','), 'id']);
	return Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name)));
}

const invalid = (name: string) =>
	new ZohoFailure(400, errorBody('INVALID_QUERY', 'invalid search', { param_name: name }));
