import type { TransportRequest } from '../../../http/types';
import { rowTransport } from '../../../vendors/zoho/rowTransport';
import { FakeTransport } from '../http/fakeTransport';

const write: TransportRequest = {
	method: 'PUT',
	url: 'https://www.zohoapis.com/crm/v8/Contacts',
	headers: {},
	timeoutMs: 5_000,
};

test('a refusal that goes silent is given up when the time of the call is over', async () => {
	const silent = (async function* () {
		yield '{"data": [';
		await new Promise(() => undefined);
	})();
	const transport = new FakeTransport([{ status: 400, stream: silent }]);
	const before = transport.now();
	await expect(transport.run(rowTransport(transport).send(write))).rejects.toMatchObject({
		name: 'ConnectionFailure',
		trouble: 'lost',
	});
	expect(transport.now() - before).toBeLessThanOrEqual(write.timeoutMs + 1_000);
});

test('a refusal that holds rows is an answer; one without stays a refusal', async () => {
	const transport = new FakeTransport([
		{ status: 400, body: { data: [{ code: 'INVALID_DATA' }] } },
		{ status: 400, body: { code: 'INVALID_MODULE' } },
		{ status: 400, body: { data: [{ code: 'TOO_MANY_REQUESTS' }] } },
	]);
	const statuses: number[] = [];
	for (let call = 0; call < 3; call++) {
		statuses.push((await transport.run(rowTransport(transport).send(write))).status);
	}
	expect(statuses).toEqual([207, 400, 400]);
});
