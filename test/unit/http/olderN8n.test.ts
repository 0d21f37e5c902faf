import type { IHttpRequestOptions } from 'n8n-workflow';

import { n8nTransport, type N8nContext } from '../../../http/n8nTransport';
import type { TransportRequest } from '../../../http/types';

const REQUEST: TransportRequest = { method: 'GET', url: 'https://a.example/', headers: {}, timeoutMs: 2_000 };

/** The helper of n8n 1.x: it ignores either all statuses or none, and renews the token after a 401 that it throws. */
function olderN8n(refusals: { afterRenewal?: number; revoked?: boolean } = {}) {
	let good = false;
	const asked: Array<IHttpRequestOptions['ignoreHttpStatusErrors']> = [];
	const status = (): number => (good ? (refusals.afterRenewal ?? 200) : 401);
	const helper = async (_type: string, { ignoreHttpStatusErrors: ignored }: IHttpRequestOptions): Promise<unknown> => {
		asked.push(ignored);
		if (!ignored && !good) good = !refusals.revoked;
		const answer = { statusCode: status(), headers: {}, body: `words of ${status()}` };
		if (ignored || answer.statusCode < 300) return answer;
		throw Object.assign(new Error('refused'), { httpCode: String(answer.statusCode) });
	};
	const context: unknown = { helpers: { httpRequestWithAuthentication: helper } };
	const transport = n8nTransport(context as N8nContext, 'x', { oauth2: true });
	return { asked, send: async () => await transport.send(REQUEST) };
}

async function textOf(body: AsyncIterable<Uint8Array | string>): Promise<string> {
	let text = '';
	for await (const chunk of body) text += Buffer.from(chunk).toString();
	return text;
}

test('n8n 1.x, which hands a 401 over, is asked again so that it renews the token', async () => {
	const n8n = olderN8n();
	expect((await n8n.send()).status).toBe(200);
	expect(n8n.asked).toEqual([{ ignore: true, except: [401] }, false]);
});

test('a refusal that the renewed token meets keeps its words', async () => {
	const { status, body } = await olderN8n({ afterRenewal: 400 }).send();
	expect([status, await textOf(body)]).toEqual([400, 'words of 400']);
});

test('what may have been done with the renewed token is not asked for again', async () => {
	const n8n = olderN8n({ afterRenewal: 502 });
	expect((await n8n.send()).status).toBe(502);
	expect(n8n.asked).toHaveLength(2);
});

test('a token that can not be renewed is a 401, asked for twice', async () => {
	const n8n = olderN8n({ revoked: true });
	expect((await n8n.send()).status).toBe(401);
	expect(n8n.asked).toHaveLength(2);
});
