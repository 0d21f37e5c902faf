import type { Match } from './decide';
import type { ContactInput } from './types';

/** The inputs that share a key, in the order of the batch. */
export interface Queue {
	/** `place` is the input's position in the batch. */
	inputs: Array<{ input: ContactInput; place: number }>;
	/** How many had their turn. */
	taken: number;
	/** Who has the key, as far as this run knows; undefined before the look-up and after a write that went wrong. */
	matches?: readonly Match[];
}

export function queueByKey(inputs: readonly ContactInput[]): Queue[] {
	const queues = new Map<string, Queue>();
	inputs.forEach((input, place) => {
		const queue = queues.get(input.key.compare);
		if (queue) queue.inputs.push({ input, place });
		else queues.set(input.key.compare, { inputs: [{ input, place }], taken: 0 });
	});
	return [...queues.values()];
}

/** The next input of every queue that has one. */
export function takeNext(queues: readonly Queue[]): Array<{ queue: Queue; input: ContactInput; place: number }> {
	return queues.flatMap((queue) => {
		const next = queue.inputs[queue.taken++];
		return next ? [{ queue, ...next }] : [];
	});
}

export const hasMore = (queue: Queue) => queue.taken < queue.inputs.length;
