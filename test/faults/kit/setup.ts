import type * as Clock from './virtualTime';
import { time } from './virtualTime';

/** Puts the virtual clock in the place of the real one: for the package (n8n's sleep, Date.now) and for the simulators. */
jest.mock('n8n-workflow', () => {
	const clock = jest.requireActual<typeof Clock>('./virtualTime').time;
	return { ...jest.requireActual<object>('n8n-workflow'), sleep: async (ms: number) => await clock.sleep(ms) };
});

jest.mock('node:timers/promises', () => {
	const clock = jest.requireActual<typeof Clock>('./virtualTime').time;
	return {
		...jest.requireActual<object>('node:timers/promises'),
		setTimeout: async (ms: number) => {
			await clock.sleep(ms);
			clock.networkMoves();
		},
	};
});

Date.now = () => time.now();
