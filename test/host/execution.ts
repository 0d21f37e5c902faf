import { z } from 'zod';

/** One item as a node gave it out. */
const pairedSchema = z.object({ item: z.number(), input: z.number().optional() }).passthrough();
const binarySchema = z
	.object({
		mimeType: z.string(),
		fileName: z.string().optional(),
		fileExtension: z.string().optional(),
		fileSize: z.string().optional(),
		id: z.string().optional(),
		data: z.string(),
	})
	.passthrough();
/** n8n writes a paired item as a number, an object or a list of both; here it is always a list. */
const paired = z.preprocess((value) => {
	const list = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
	return list.map((one) => (typeof one === 'number' ? { item: one } : one));
}, z.array(pairedSchema));
const failureSchema = z
	.object({
		message: z.string().default(''),
		name: z.string().optional(),
		description: z.string().nullish(),
		httpCode: z.string().nullish(),
		context: z.record(z.unknown()).optional(),
		node: z.object({ name: z.string() }).passthrough().optional(),
	})
	.passthrough();
const itemSchema = z.object({
	json: z.record(z.unknown()),
	binary: z.record(binarySchema).optional(),
	pairedItem: paired,
	error: failureSchema.optional(),
});

const branches = z.array(z.array(itemSchema).nullable()).transform((list) => list.map((items) => items ?? []));
const runSchema = z
	.object({
		startTime: z.number(),
		executionTime: z.number(),
		executionStatus: z.string().optional(),
		data: z.record(branches).optional(),
		error: failureSchema.optional(),
		hints: z.array(z.object({ message: z.string() }).passthrough()).optional(),
	})
	.transform(({ data = {}, error, hints = [], ...run }) => ({
		/** The main outputs, branch by branch; the error output, where the node has one, is the last. */
		items: data.main ?? [],
		/** All outputs by connection type, for instance `ai_tool`. */
		outputs: data,
		error,
		hints,
		status: run.executionStatus,
		startedAtMs: run.startTime,
		tookMs: run.executionTime,
	}));

const statusSchema = z.enum(['new', 'running', 'waiting', 'success', 'error', 'crashed', 'canceled', 'unknown']);
export type ExecutionStatus = z.infer<typeof statusSchema>;
export const finalStatuses: readonly ExecutionStatus[] = ['success', 'error', 'crashed', 'canceled'];

const summaryFields = {
	id: z.coerce.string(),
	workflowId: z.string(),
	status: statusSchema,
	mode: z.string(),
	startedAt: z.string().nullish(),
	stoppedAt: z.string().nullish(),
};
export const summarySchema = z.object(summaryFields);

const resultData = z.object({
	runData: z.record(z.array(runSchema)).default({}),
	error: failureSchema.optional(),
	lastNodeExecuted: z.string().optional(),
});

/** The public API's execution "with data", put into a shape that reads well in a test. */
export const executionSchema = z
	.object({ ...summaryFields, data: z.object({ resultData }).optional() })
	.transform(({ data, ...summary }) => ({
		...summary,
		/** What ended the execution, if something did. */
		error: data?.resultData.error,
		lastNode: data?.resultData.lastNodeExecuted,
		/** What each node gave out, one entry for each time that it ran. */
		nodes: data?.resultData.runData ?? {},
	}));

export type Item = z.infer<typeof itemSchema>;
export type BinaryValue = z.infer<typeof binarySchema>;
export type Failure = z.infer<typeof failureSchema>;
export type NodeRun = z.infer<typeof runSchema>;
export type ExecutionSummary = z.infer<typeof summarySchema>;
export type Execution = z.infer<typeof executionSchema>;

/** The only run of a node. Throws when it did not run, or ran more than once. */
export function onlyRun(execution: Execution, node: string): NodeRun {
	const [run, ...more] = execution.nodes[node] ?? [];
	if (run !== undefined && more.length === 0) return run;
	const ran = Object.keys(execution.nodes).join(', ');
	const reason = execution.error === undefined ? '' : ` The execution failed: ${execution.error.message}`;
	throw new Error(`"${node}" ran ${run === undefined ? 0 : more.length + 1} times; these ran: ${ran}.${reason}`);
}
