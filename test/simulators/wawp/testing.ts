import axios, { type AxiosInstance } from 'axios';

import { WawpSimulator } from './wawpSimulator';

/** A started simulator, and a caller that passes credentials in the query; stops after the tests of the file. */
export function useWawp(): { wawp: WawpSimulator; plain: () => AxiosInstance; call: () => AxiosInstance } {
	const wawp = new WawpSimulator();
	beforeAll(async () => {
		await wawp.start();
	});
	beforeEach(() => wawp.reset());
	afterAll(async () => await wawp.stop());
	const base = () => ({ baseURL: `${wawp.origin}/v2`, validateStatus: () => true });
	const params = { instance_id: wawp.instanceId, access_token: wawp.accessToken };
	return { wawp, plain: () => axios.create(base()), call: () => axios.create({ ...base(), params }) };
}
