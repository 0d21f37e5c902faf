import { whenCalled } from '../shared/whenCalled';

export const credentialTest = {
	wawpConnectionTest: whenCalled(async () => (await import('./connectionTest')).wawpConnectionTest),
};
