import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import { asError, InputProblem, RequestError } from '../../../http/errors';
import { toNodeError } from '../../../http/nodeError';
import { createOrUpdate } from '../../../upsert/engine';
import { stopMessage, tally } from '../../../upsert/tally';
import type { ContactInput, FieldInfo, ItemResult, Origin, Problem, UpsertPolicy } from '../../../upsert/types';
import type { WritableField } from '../../../vendors/shared/contactField';
import { asProblem } from '../../../vendors/shared/problem';
import { currentNode } from '../currentNode';
import { ItemParameters } from '../itemParameters';
import type { ItemResult as OperationResult } from '../operation';
import { toNodeItems } from '../runOperation';
import type { Crm, OpenCrm } from './crm';
import { batchHint } from './hint';
import { mappedValues, newMappingMemory, readMapping, storedFields, type MappingMemory } from './mapper';

/** One item, read; items with the same policy are handled as one batch. */
interface ReadItem {
	input: ContactInput;
	policy: PolicyChoices;
	item: ItemParameters;
	fields: ReadonlyMap<string, WritableField>;
}

/** The builder's choices, before anything is asked of the vendor. */
type PolicyChoices = Omit<UpsertPolicy, 'origin'> & { marker?: { field: string; value: string } };

/** Create or Update Contact as a node of its own. */
export async function runCreateOrUpdate(n8n: IExecuteFunctions, crm: Crm): Promise<INodeExecutionData[]> {
	const items = n8n.getInputData().map((_, index) => new ItemParameters(n8n, index));
	return toNodeItems(n8n, await createOrUpdateItems(n8n, crm, items));
}

/**
 * Create or Update Contact: read the items, hand them to the engine in batches, put the outcomes back in their places.
 * @throws one error for the whole batch when the node is set to stop and an item was not written.
 */
export async function createOrUpdateItems(
	n8n: IExecuteFunctions,
	crm: Crm,
	items: ItemParameters[],
): Promise<OperationResult[]> {
	const open = await crm.open(n8n);
	const results: ItemResult[] = [];
	const batches = new Map<string, ReadItem[]>();
	const live = onlyOnce(async () => new Map((await open.fields()).map((field) => [field.id, field])));
	const memory = newMappingMemory(n8n);
	for (const item of items) {
		try {
			const read = await readItem(crm, open, item, { live, memory });
			const key = JSON.stringify(read.policy);
			const batch = batches.get(key);
			if (batch) batch.push(read);
			else batches.set(key, [read]);
		} catch (thrown) {
			results.push({ ok: false, itemIndex: item.index, error: asProblem(thrown) });
		}
	}
	for (const batch of batches.values()) results.push(...(await runBatch(crm, open, batch)));
	results.sort((a, b) => a.itemIndex - b.itemIndex);
	const hint = batchHint(results);
	if (hint) n8n.addExecutionHints(hint);
	if (!n8n.continueOnFail()) stopForFirst(n8n, results);
	return results.map(toOperationResult);
}

async function readItem(
	crm: Crm,
	open: OpenCrm,
	item: ItemParameters,
	{ live, memory }: { live: () => Promise<ReadonlyMap<string, WritableField>>; memory: MappingMemory },
): Promise<ReadItem> {
	const mapping = readMapping(item, memory);
	const known = storedFields(mapping);
	const fields = known.needsLive || known.fields.size === 0 ? await live() : known.fields;
	const json = item.n8n.getInputData()[item.index]?.json ?? {};
	const mapped = mappedValues(mapping, fields, json);
	for (const [id, value] of extraAttributes(item)) mapped.set(id, value);
	requireAll(crm, mapped);
	const { key, values } = open.readContact(mapped, item.optionText('defaultCountry'));
	return {
		input: { itemIndex: item.index, key, values, summary: readSummary(item) },
		policy: readPolicy(crm, item),
		item,
		fields,
	};
}

/** A missing required value rejects the item before any call (design.md, section 5). */
function requireAll(crm: Crm, values: ReadonlyMap<string, unknown>): void {
	const missing = crm.required.filter(({ id }) => {
		const value = values.get(id);
		return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
	});
	const [first] = missing;
	if (!first) return;
	throw new InputProblem(
		`${missing.map(({ label }) => label).join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing`,
		{
			field: first.label,
			expected: 'a value',
			mend: `${crm.service} needs ${crm.required.map(({ label }) => label).join(' and ')}. Map ${missing.length > 1 ? 'them, or filter out items without them' : 'it, or filter out items without it'}.`,
		},
	);
}

/** New attributes that a builder adds by hand (WATI): they count as mapped. */
function extraAttributes(item: ItemParameters): Array<[string, string]> {
	const parsed = z
		.object({ attribute: z.array(z.object({ name: z.string(), value: z.unknown() })) })
		.safeParse(item.option('newAttributes'));
	if (!parsed.success) return [];
	return parsed.data.attribute.flatMap(({ name, value }) =>
		name.trim() === '' ? [] : [[name.trim(), value === null || value === undefined ? '' : String(value)]],
	);
}

/** Nodes without a summary don't have its parameters, which n8n refuses to read without a stand-in. */
function readSummary(item: ItemParameters): ContactInput['summary'] {
	const field = item.n8n.getNodeParameter('summaryField', item.index, '');
	const value = item.n8n.getNodeParameter('summary', item.index, '');
	if (typeof field !== 'string' || field === '') return undefined;
	return { field, value: value === undefined || value === null ? '' : String(value) };
}

function readPolicy(crm: Crm, item: ItemParameters): PolicyChoices {
	const marker = z
		.object({ marker: z.object({ field: z.string().min(1), value: z.string().min(1) }) })
		.safeParse(item.option('originMarker'));
	return {
		allowCreate: item.get('allowCreate') !== false,
		allowUpdate: item.get('allowUpdate') !== false,
		alwaysSaveSummary: crm.alwaysSaveSummary || item.option('alwaysSaveSummary') === true,
		severalMatch: z.enum(['reject', 'oldest', 'newest', 'skip']).catch('reject').parse(item.option('severalMatch')),
		emptyValues: z.enum(['ignore', 'clear']).catch('ignore').parse(item.option('emptyValues')),
		dryRun: item.option('dryRun') === true,
		marker: marker.success ? marker.data.marker : undefined,
	};
}

async function runBatch(crm: Crm, open: OpenCrm, batch: ReadItem[]): Promise<ItemResult[]> {
	const [first] = batch;
	if (!first) return [];
	try {
		const { marker, ...choices } = first.policy;
		const policy: UpsertPolicy = { ...choices, origin: await chooseOrigin(crm, open, marker) };
		const fields: FieldInfo[] = [...first.fields.values()].map(({ id, label, type }) => ({ id, label, type }));
		const directory = open.directory(fields, { policy, flag: (name) => first.item.option(name) === true });
		return await createOrUpdate(
			batch.map(({ input }) => input),
			policy,
			directory,
		);
	} catch (thrown) {
		const error = asProblem(thrown);
		return batch.map(({ input }) => ({ ok: false, itemIndex: input.itemIndex, error }));
	}
}

/** The builder's marker, else the vendor's own default. */
async function chooseOrigin(
	crm: Crm,
	open: OpenCrm,
	marker: { field: string; value: string } | undefined,
): Promise<Origin> {
	if (marker) return { kind: 'marker', ...marker };
	if (crm.defaultOrigin.kind !== 'connectedUser') return crm.defaultOrigin;
	return open.connectedUserId ? { kind: 'connectedUser', userId: await open.connectedUserId() } : { kind: 'none' };
}

function toOperationResult(result: ItemResult): OperationResult {
	const { itemIndex } = result;
	return result.ok ? { itemIndex, json: result.outcome } : { itemIndex, error: asThrowable(result.error) };
}

function stopForFirst(n8n: IExecuteFunctions, results: ItemResult[]): void {
	const counts = tally(results);
	const stop = stopMessage(counts);
	if (stop) throw toNodeError(currentNode(n8n), asThrowable(stop), counts.first?.itemIndex);
}

/** The problem as an error of its own kind: a refusal by the vendor keeps its status and code. */
function asThrowable(problem: Problem): Error {
	const cause = problem.cause;
	if (cause instanceof RequestError) {
		return new RequestError(problem.outcomeUnknown ? 'outcomeUnknown' : cause.kind, problem.message, {
			...cause,
			description: problem.description,
			field: problem.field,
			code: problem.code,
		});
	}
	const error = asError(cause ?? problem.message);
	if (error.message === problem.message && error instanceof InputProblem) return error;
	return new RequestError(problem.outcomeUnknown ? 'outcomeUnknown' : 'refused', problem.message, {
		description: problem.description,
		field: problem.field,
		code: problem.code,
	});
}

function onlyOnce<Value>(load: () => Promise<Value>): () => Promise<Value> {
	let loaded: Promise<Value> | undefined;
	return async () => await (loaded ??= load());
}
