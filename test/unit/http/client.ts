import type { Call, Refusal } from '../../../http/call';
import { ApiClient, type ClientOptions } from '../../../http/client';
import { RequestError } from '../../../http/errors';
import type { FakeTransport } from './fakeTransport';

/** A client of a vendor that explains its refusals in one sentence. */
export function clientOf(transport: FakeTransport, options: Partial<ClientOptions> = {}): ApiClient {
	return new ApiClient({
		transport,
		origin: 'https://api.vendor.example',
		service: 'Vendor',
		explain: (refusal: Refusal) =>
			new RequestError('refused', `Vendor refused: ${JSON.stringify(refusal.json) ?? refusal.text}`, {
				status: refusal.status,
			}),
		...options,
	});
}

export const call = (more: Partial<Call> = {}): Call => ({
	purpose: 'do the thing',
	effect: 'read',
	method: 'GET',
	path: '/things',
	...more,
});
