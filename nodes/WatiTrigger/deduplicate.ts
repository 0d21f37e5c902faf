import { createHash } from 'node:crypto';

import type { DeliveredEvent } from './delivered';
import { readEventName } from './events';

/** WATI tries an event again for up to 24 hours: 144 times, every 10 minutes (apis/wati.md, section 8). */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;
/** Events that a process remembers; some 1 MB. */
const MOST = 10_000;
/** Events that n8n stores with the workflow, which is read and written as a whole at each request; some 10 kB. */
const MOST_STORED = 500;
/** Storing is a write to n8n's database: in a burst not at every event. What came last in a burst is stored with the next event. */
const STORE_EVERY_MS = 500;

/**
 * What makes a delivery the same event as another one: twins and retries have the same kind and id.
 * Events without an id of their own are known by all they say.
 */
export function eventKey({ fields, raw }: DeliveredEvent): string {
	const { event, known } = readEventName(fields.eventType);
	const id = known === 'byId' ? (fields.id ?? fields.whatsappMessageId) : undefined;
	const identity = id ?? JSON.stringify({ ...raw, eventType: event });
	return createHash('sha256').update(`${event}\n${identity}`).digest('base64url').slice(0, 12);
}

/** Which events were taken already. Looking and noting is one step, so that of two requests at the same time one is the first. */
export class SeenEvents {
	/** Time in milliseconds by key; oldest first. */
	private readonly times = new Map<string, number>();
	private stored = '';
	private storedAt = -Infinity;

	constructor(private readonly now: () => number = Date.now) {}

	/** Notes the events and returns those that are new. */
	take(events: readonly DeliveredEvent[]): DeliveredEvent[] {
		const now = this.now();
		const fresh = events.filter((event) => this.note(eventKey(event), now));
		this.forgetOldest();
		return fresh;
	}

	/** For events that could not be taken after all: WATI's next try is to count. */
	release(events: readonly DeliveredEvent[]): void {
		for (const event of events) this.times.delete(eventKey(event));
	}

	/** Adds what another process, or this one before a restart, has stored. */
	load(stored: string): void {
		if (stored === this.stored) return;
		this.stored = stored;
		for (const entry of stored.split(' ')) {
			const [key = '', seconds = ''] = entry.split(':');
			const time = parseInt(seconds, 36) * 1000;
			if (key !== '' && time > 0 && !this.times.has(key)) this.times.set(key, time);
		}
	}

	isToBeStored(): boolean {
		return this.now() - this.storedAt >= STORE_EVERY_MS;
	}

	/** The latest ones as text: key and time in seconds to the base 36. */
	toStore(): string {
		this.storedAt = this.now();
		const latest = [...this.times].sort(([, a], [, b]) => a - b).slice(-MOST_STORED);
		this.stored = latest.map(([key, time]) => `${key}:${Math.floor(time / 1000).toString(36)}`).join(' ');
		return this.stored;
	}

	private note(key: string, now: number): boolean {
		const before = this.times.get(key);
		if (before !== undefined && now - before < REMEMBERED_MS) return false;
		this.times.delete(key);
		this.times.set(key, now);
		return true;
	}

	private forgetOldest(): void {
		for (const key of this.times.keys()) {
			if (this.times.size <= MOST) return;
			this.times.delete(key);
		}
	}
}
