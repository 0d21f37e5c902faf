import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';

import { z } from 'zod';

const messageSchema = z.object({ role: z.string(), content: z.unknown() }).passthrough();
const requestSchema = z.object({
	stream: z.boolean().optional(),
	messages: z.array(messageSchema),
	tools: z
		.array(
			z.object({
				function: z.object({
					name: z.string(),
					description: z.string(),
					parameters: z.object({
						properties: z.record(z.record(z.unknown())),
						required: z.array(z.string()).default([]),
					}),
				}),
			}),
		)
		.default([]),
});

/** What the model is shown: the conversation so far, and the tools it may ask for. */
export type Shown = z.infer<typeof requestSchema>;

/** What the model says: a text, or the tools that it asks for with their arguments. */
export type Said = string | Array<{ tool: string; args: Record<string, unknown> }>;

/** The model refuses the connection. */
export const REFUSED = Symbol('refused');

/** A chat model on loopback, with OpenAI's API, that says what a test has written down for it, turn by turn. */
export class ScriptedModel {
	/** All that it was shown, request by request. */
	readonly shown: Shown[] = [];
	private script: Array<Said | typeof REFUSED> = [];
	private readonly server: Server;

	constructor() {
		this.server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const shown = requestSchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
				this.shown.push(shown);
				const said = this.script.shift() ?? 'Nothing more is in the script.';
				if (said === REFUSED) {
					response.statusCode = 401;
					response.end(JSON.stringify({ error: { message: 'Incorrect API key provided' } }));
					return;
				}
				const { type, body } = shown.stream ? asStream(said) : asJson(said);
				response.setHeader('content-type', type);
				response.end(body);
			});
		});
	}

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	/** What it says from now on; forgets what it was shown. */
	says(...script: Array<Said | typeof REFUSED>): void {
		this.script = script;
		this.shown.length = 0;
	}

	/** What the tools have answered in this turn, as the model reads it: without what it remembers of earlier ones. */
	toolAnswers(): unknown[] {
		const all = this.shown.at(-1)?.messages ?? [];
		const messages = all.slice(all.findLastIndex(({ role }) => role === 'user'));
		return messages.filter(({ role }) => role === 'tool').map(({ content }) => JSON.parse(String(content)) as unknown);
	}

	/** What a builder fills in as OpenAI connection. */
	credentialData(): Record<string, unknown> {
		const address = this.server.address();
		if (address === null || typeof address === 'string') throw new Error('The model has not been started');
		return { apiKey: 'a-key-of-the-test', url: `http://127.0.0.1:${address.port}/v1`, header: false };
	}
}

function messageOf(said: Said): Record<string, unknown> {
	if (typeof said === 'string') return { role: 'assistant', content: said };
	// An agent takes a call with an id that it has seen for the one that it has answered already.
	const tool_calls = said.map(({ tool, args }, index) => ({
		id: randomUUID(),
		index,
		type: 'function',
		function: { name: tool, arguments: JSON.stringify(args) },
	}));
	return { role: 'assistant', content: null, tool_calls };
}

const finishReason = (said: Said): string => (typeof said === 'string' ? 'stop' : 'tool_calls');
const envelope = (object: string) => ({ id: 'completion-1', object, created: 0, model: 'scripted' });

function asJson(said: Said): { type: string; body: string } {
	const completion = {
		...envelope('chat.completion'),
		choices: [{ index: 0, finish_reason: finishReason(said), message: messageOf(said) }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
	return { type: 'application/json', body: JSON.stringify(completion) };
}

function asStream(said: Said): { type: string; body: string } {
	const chunk = (delta: Record<string, unknown>, finish_reason: string | null): string =>
		`data: ${JSON.stringify({ ...envelope('chat.completion.chunk'), choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
	return {
		type: 'text/event-stream',
		body: `${chunk(messageOf(said), null)}${chunk({}, finishReason(said))}data: [DONE]\n\n`,
	};
}
