import { createServer, type Server } from 'node:http';

import { z } from 'zod';

const requestSchema = z.object({ messages: z.array(z.object({ content: z.unknown() })) });

/** A chat model on loopback that speaks as much of OpenAI's API as n8n's node asks for, and always says the same. */
export class FakeModel {
	/** What it was asked, as JSON text. */
	readonly asked: string[] = [];
	private readonly server: Server;

	constructor(answer: string) {
		this.server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
				this.asked.push(JSON.stringify(requestSchema.parse(body).messages.map(({ content }) => content)));
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify(completion(answer)));
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

	/** What a builder fills in as OpenAI connection. */
	credentialData(): Record<string, unknown> {
		const address = this.server.address();
		if (address === null || typeof address === 'string') throw new Error('The model has not been started');
		return { apiKey: 'a-key-of-the-test', url: `http://127.0.0.1:${address.port}/v1`, header: false };
	}
}

const completion = (content: string): object => ({
	id: 'completion-1',
	object: 'chat.completion',
	created: 0,
	model: 'fake',
	choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
	usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});
