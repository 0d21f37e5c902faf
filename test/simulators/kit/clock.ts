/** The time a simulator goes by: real time, moved forward on demand so that tests needn't wait for an expiry or a lag. */
export class Clock {
	private ahead = 0;

	/** Milliseconds since the epoch. */
	now(): number {
		return Date.now() + this.ahead;
	}

	advance(ms: number): void {
		this.ahead += ms;
	}

	reset(): void {
		this.ahead = 0;
	}
}
