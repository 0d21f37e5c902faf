import type { FastifyRequest } from 'fastify';

import { isObject, jsonOf } from '../../kit/input';
import { errorBody, ZohoFailure } from '../errors';
import { duplicateCheckFields } from '../fields/table';

/** The body of a write: rows as sent, and what the request says beside them. */
export interface Wrapper {
	rows: unknown[];
	/** As sent; `undefined` when left out. */
	trigger?: unknown;
	/** Fields that tell two contacts apart, in the order they are tried. */
	checkFields: string[];
}

/** B6 (OAS body keys, and those seen in use). */
const knownKeys = [
	'data',
	'trigger',
	'process',
	'duplicate_check_fields',
	'wf_trigger',
	'lar_id',
	'skip_feature_execution',
	'apply_feature_execution',
	'$append_values',
];

/** From the OAS sample of an update; B6 knows the first three. */
const triggers = ['workflow', 'approval', 'blueprint', 'pathfinder', 'orchestration'];

/** Reads and checks the wrapper; throws 400 for the whole request. */
export function wrapperOf(request: FastifyRequest): Wrapper {
	const body = jsonOf(request);
	if (!body) throw refused('INVALID_DATA', { expected_data_type: 'jsonobject' });
	const unknown = Object.keys(body).find((name) => !knownKeys.includes(name));
	if (unknown) throw refused('INVALID_DATA', { api_name: unknown, json_path: `$.${unknown}` });
	return {
		rows: rowsOf(body['data']),
		trigger: triggerOf(body['trigger']),
		checkFields: checkFieldsOf(body['duplicate_check_fields']),
	};
}

function rowsOf(data: unknown): unknown[] {
	const place = { api_name: 'data', json_path: '$.data' };
	if (data === undefined) throw refused('MANDATORY_NOT_FOUND', place);
	if (!Array.isArray(data)) throw refused('INVALID_DATA', { expected_data_type: 'jsonarray', ...place });
	if (data.length === 0) throw refused('INVALID_DATA', { minimum_length: 1, ...place });
	if (data.length > 100) throw refused('LIMIT_EXCEEDED', { maximum_length: 100, api_name: 'data' });
	return data;
}

function triggerOf(trigger: unknown): unknown {
	if (trigger === undefined) return undefined;
	const place = { api_name: 'trigger', json_path: '$.trigger' };
	if (!Array.isArray(trigger)) throw refused('INVALID_DATA', { expected_data_type: 'jsonarray', ...place });
	if (!trigger.every((each) => triggers.includes(String(each)))) {
		throw refused('INVALID_DATA', { supported_values: triggers, ...place });
	}
	return trigger;
}

/** Only the system's own field and those marked unique may be named (B6). */
function checkFieldsOf(named: unknown): string[] {
	if (named === undefined) return duplicateCheckFields;
	const place = { api_name: 'duplicate_check_fields', json_path: '$.duplicate_check_fields' };
	if (!Array.isArray(named)) throw refused('INVALID_DATA', { expected_data_type: 'jsonarray', ...place });
	const fields = named.filter((each): each is string => duplicateCheckFields.includes(String(each)));
	if (fields.length < named.length) throw refused('INVALID_DATA', { supported_values: duplicateCheckFields, ...place });
	return fields.length > 0 ? fields : duplicateCheckFields;
}

/** The id inside a row, if it is a text. */
export function idOf(row: unknown): unknown {
	return isObject(row) ? row['id'] : undefined;
}

const refused = (code: string, details: Record<string, unknown>) =>
	new ZohoFailure(400, errorBody(code, 'invalid request body', details), true);
