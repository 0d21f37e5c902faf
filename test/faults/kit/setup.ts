import { time } from './virtualTime';

/** Puts the virtual clock in the place of the real one: for the package (n8n's sleep, Date.now) and for the simulators. */
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => await clock().sleep(ms),
}));

jest.mock('node:timers/promises', () => ({
	...jest.requireActual<object>('node:timers/promises'),
	setTimeout: async (ms: number) => {
		await clock().sleep(ms);
		clock().networkMoves();
	},
}));

const clock = (): typeof time => jest.requireActual<{ time: typeof time }>('./virtualTime').time;

Date.now = () => time.now();
