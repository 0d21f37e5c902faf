import { whenCalled } from '../whenCalled';

export const credentialTest = {
	watiConnectionTest: whenCalled(async () => (await import('./connectionTest')).watiConnectionTest),
};
