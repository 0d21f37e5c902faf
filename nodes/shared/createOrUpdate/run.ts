import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import { asError, InputProblem, RequestError } from '../../../http/errors';
import { toNodeError, toThrownError } from '../../../http/nodeError';
import { nothingBelieved, type Believed } from '../../../upsert/dryRun';
import { createOrUpdate } from '../../../upsert/engine';
import { stopMessage, tally } from '../../../upsert/tally';
import type {
	ContactInput,
	FieldInfo,
	FieldValue,
	ItemResult,
	Origin,
	Problem,
	UpsertPolicy,
} from '../../../upsert/types';
import { optionalText, requiredText } from '../../../vendors/shared/checks';
import { fieldValue, type WritableField } from '../../../vendors/shared/contactField';
import { asProblem } from '../../../vendors/shared/problem';
import { currentNode } from '../currentNode';
import { ItemParameters } from '../itemParameters';
import type { ItemResult as OperationResult } from '../operation';
import { toNodeItems } from '../runOperation';
import { Batches } from './batches';
import type { Crm, OpenCrm } from './crm';
import { batchHint } from './hint';
import { mappedValues, newMappingMemory, readMapping, storedFields, type MappingMemory } from './mapper';

/** One item, read; items with the same choices are handled as one batch. */
interface ReadItem {
	input: ContactInput;
	policy: PolicyChoices;
	/** Boxes of the vendor's own that are ticked. */
	ticked: string[];
	fields: ReadonlyMap<string, WritableField>;
}

/** The builder's choices, before anything is asked of the vendor. */
type PolicyChoices = Omit<UpsertPolicy, 'origin'> & { marker?: { field: string; value: string } };

/** Create or Update Contact as a node of its own. */
export async function runCreateOrUpdate(n8n: IExecuteFunctions, crm: Crm): Promise<INodeExecutionData[]> {
	try {
		const items = n8n.getInputData().map((_, index) => new ItemParameters(n8n, index));
		return toNodeItems(n8n, await createOrUpdateItems(n8n, crm, items));
	} catch (thrown) {
		throw toThrownError(n8n.getNode(), thrown);
	}
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
	const batches = new Batches<ReadItem>();
	const live = onlyOnce(async () => new Map((await open.fields()).map((field) => [field.id, field])));
	const memory = newMappingMemory(n8n);
	for (const item of items) {
		try {
			const read = await readItem(crm, open, item, { live, memory });
			batches.add(read, JSON.stringify([read.policy, read.ticked]), read.input.key.compare);
		} catch (thrown) {
			results.push({ ok: false, itemIndex: item.index, error: asProblem(thrown) });
		}
	}
	const believed = nothingBelieved();
	for (const batch of batches.all) results.push(...(await runBatch(crm, open, batch, believed)));
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
	const mapped = mappedValues(mapping, fields, json, item.n8n.getTimezone());
	for (const [id, value] of extraAttributes(item)) mapped.set(id, value);
	requireAll(crm, mapped);
	const { key, values } = open.readContact(mapped, item.optionText('defaultCountry'));
	return {
		input: { itemIndex: item.index, key, values, summary: readSummary(item) },
		policy: readPolicy(crm, item),
		ticked: (crm.flags ?? []).flatMap(({ name, displayName }) => (item.optionFlag(name, displayName) ? [name] : [])),
		fields,
	};
}

/** A missing required value rejects the item before any call (design.md, section 5). */
function requireAll(crm: Crm, values: ReadonlyMap<string, unknown>): void {
	const missing = crm.required.filter(({ id }) => isBlank(values.get(id)));
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

const NEW_ATTRIBUTES = 'New Attributes';

/** New attributes that a builder adds by hand (WATI): they count as mapped. @throws InputProblem */
function extraAttributes(item: ItemParameters): Array<[string, FieldValue]> {
	const rows = z
		.object({ attribute: z.array(z.object({ name: z.unknown(), value: z.unknown() })) })
		.catch({ attribute: [] })
		.parse(item.option('newAttributes')).attribute;
	const given = rows.filter(({ name, value }) => !isBlank(name) || !isBlank(value));
	return given.map(({ name, value }) => {
		const id = requiredText(name, `${NEW_ATTRIBUTES} > Name`).trim();
		return [id, fieldValue({ id, label: `${NEW_ATTRIBUTES} > ${id}`, type: 'text', required: false }, value)];
	});
}

const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Nodes without a summary don't have its parameters, which n8n refuses to read without a stand-in. */
function readSummary(item: ItemParameters): ContactInput['summary'] {
	const field = item.n8n.getNodeParameter('summaryField', item.index, '');
	const value = item.n8n.getNodeParameter('summary', item.index, '');
	if (typeof field !== 'string' || field === '') return undefined;
	return { field, value: optionalText(value, 'Summary') ?? '' };
}

/** A text that is not empty; an expression may give a number. */
const filled = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1));

function readPolicy(crm: Crm, item: ItemParameters): PolicyChoices {
	const marker = z
		.object({ marker: z.object({ field: filled, value: filled }) })
		.safeParse(item.option('originMarker'));
	return {
		allowCreate: item.flag('allowCreate', 'Allow Creating and Updating New Contacts', true),
		allowUpdate: item.flag('allowUpdate', 'Allow Updating Existing Fields', true),
		alwaysSaveSummary: crm.alwaysSaveSummary || item.optionFlag('alwaysSaveSummary', 'Always Save Summary'),
		severalMatch: z.enum(['reject', 'oldest', 'newest', 'skip']).catch('reject').parse(item.option('severalMatch')),
		emptyValues: z.enum(['ignore', 'clear']).catch('ignore').parse(item.option('emptyValues')),
		dryRun: item.optionFlag('dryRun', 'Dry Run'),
		marker: marker.success ? marker.data.marker : undefined,
	};
}

async function runBatch(crm: Crm, open: OpenCrm, batch: ReadItem[], believed: Believed): Promise<ItemResult[]> {
	const [first] = batch;
	if (!first) return [];
	try {
		const { marker, ...choices } = first.policy;
		const policy: UpsertPolicy = { ...choices, origin: await chooseOrigin(crm, open, marker) };
		const fields: FieldInfo[] = [...first.fields.values()].map(({ id, label, type }) => ({ id, label, type }));
		const directory = open.directory(fields, { policy, ticked: first.ticked });
		return await createOrUpdate(
			batch.map(({ input }) => input),
			policy,
			directory,
			believed,
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
