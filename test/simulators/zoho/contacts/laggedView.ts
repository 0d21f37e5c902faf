import type { Clock } from '../../kit/clock';
import type { Row } from './row';

/** Rows as an index knows them: each write appears only after a lag. */
export class LaggedView {
	private shown = new Map<string, Row>();
	private coming: Array<{ at: number; row: Row }> = [];

	constructor(private readonly clock: Clock) {}

	write(row: Row, lagMs: number): void {
		this.coming.push({ at: this.clock.now() + lagMs, row });
	}

	rows(): Row[] {
		const now = this.clock.now();
		for (const { row } of this.coming.filter(({ at }) => at <= now)) this.shown.set(row.id, row);
		this.coming = this.coming.filter(({ at }) => at > now);
		return [...this.shown.values()];
	}

	/** Makes all that is on its way visible. */
	flush(): void {
		for (const { row } of this.coming) this.shown.set(row.id, row);
		this.coming = [];
	}

	clear(): void {
		this.shown.clear();
		this.coming = [];
	}
}
