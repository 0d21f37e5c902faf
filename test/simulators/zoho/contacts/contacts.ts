import type { Clock } from '../../kit/clock';
import { duplicateCheckFields } from '../fields/table';
import type { ZohoSettings } from '../settings';
import { users, type UserName, type ZohoUser } from '../users';
import { LaggedView } from './laggedView';
import { changedRow, newRow, rowId, type Row } from './row';

/** One record written through the API, in order. */
export interface WriteRecord {
	id: string;
	action: 'insert' | 'update';
	/** The call that wrote it, such as `POST /upsert`. */
	via: string;
	/** As sent; `undefined` when the request had none, so that Zoho runs everything. */
	trigger?: unknown;
}

export interface SeedOptions {
	/** Who made it; the signed-in user unless told otherwise. */
	createdBy?: UserName;
	createdAt?: Date;
	/** Writes to it are refused with RECORD_LOCKED. */
	locked?: boolean;
}

/** The contacts of the account: live rows, and the views that lag behind them. */
export class Contacts {
	/** What the API wrote; seeding is not in it. */
	readonly writes: WriteRecord[] = [];
	readonly search: LaggedView;
	readonly queries: LaggedView;
	private readonly live = new Map<string, Row>();
	/** Ids by field and value, so that the duplicate check of a large account doesn't read all of it for each row. */
	private readonly byValue = new Map<string, Set<string>>();
	private readonly locked = new Set<string>();
	private made = 0;

	constructor(
		private readonly clock: Clock,
		private readonly settings: ZohoSettings,
	) {
		this.search = new LaggedView(clock);
		this.queries = new LaggedView(clock);
	}

	/** Puts a contact there without any check, visible everywhere at once; returns its id. */
	seed(values: Record<string, unknown>, options: SeedOptions = {}): string {
		const at = options.createdAt?.getTime() ?? this.clock.now();
		const row = newRow(rowId(++this.made), values, users[options.createdBy ?? 'integration'], at);
		this.keep(row, 0, 0);
		if (options.locked) this.lock(row.id);
		return row.id;
	}

	insert(values: Record<string, unknown>, user: ZohoUser): Row {
		return this.keep(newRow(rowId(++this.made), values, user, this.clock.now()));
	}

	update(row: Row, values: Record<string, unknown>, user: ZohoUser): Row {
		return this.keep(changedRow(row, values, user, this.clock.now()));
	}

	get(id: string): Row | undefined {
		return this.live.get(id);
	}

	/** All contacts, oldest first. */
	all(): Row[] {
		return [...this.live.values()];
	}

	/** Live rows whose field, one of {@link duplicateCheckFields}, has the value whatever its case; oldest first. */
	having(field: string, value: unknown): Row[] {
		const wanted = key(value);
		if (wanted === '') return [];
		const ids = [...(this.byValue.get(place(field, wanted)) ?? [])].sort(byAge);
		return ids.flatMap((id) => this.live.get(id) ?? []).filter((row) => key(row[field]) === wanted);
	}

	lock(id: string): void {
		this.locked.add(id);
	}

	unlock(id: string): void {
		this.locked.delete(id);
	}

	isLocked(id: string): boolean {
		return this.locked.has(id);
	}

	clear(): void {
		this.writes.length = 0;
		this.live.clear();
		this.byValue.clear();
		this.locked.clear();
		this.search.clear();
		this.queries.clear();
	}

	private keep(row: Row, searchLagMs = this.settings.searchLagMs, queryLagMs = this.settings.coqlLagMs): Row {
		this.live.set(row.id, row);
		for (const field of duplicateCheckFields) this.index(place(field, key(row[field])), row.id);
		this.search.write(row, searchLagMs);
		this.queries.write(row, queryLagMs);
		return row;
	}

	/** Former values stay in the index: who reads it looks at the row as well. */
	private index(at: string, id: string): void {
		const ids = this.byValue.get(at) ?? new Set<string>();
		this.byValue.set(at, ids.add(id));
	}
}

const place = (field: string, value: string): string => `${field}=${value}`;

/** Ids count up, and have the same length. */
const byAge = (one: string, other: string): number => (one < other ? -1 : 1);

const key = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');
